package com.techcourse.platform.watching;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.watching.Dashboard.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The dashboard can be loaded, nothing in it covers anything else, and each of its questions can be asked. */
class DashboardTest {

    private static final int COLUMNS = 24;

    private final Dashboard dashboard = Dashboard.read();

    @Test
    void itIsOfGrafanasShapeAndHasTheVariables() {
        assertThat(dashboard.json().get("schemaVersion").asInt()).isGreaterThan(30);
        assertThat(dashboard.json().get("uid").asString()).isEqualTo("techcourse");
        Set<String> variables = new HashSet<>();
        dashboard
                .json()
                .get("templating")
                .get("list")
                .forEach(variable -> variables.add(variable.get("name").asString()));
        assertThat(variables).containsExactlyInAnyOrder("datasource", "instance");
        Set<Integer> ids = new HashSet<>();
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            assertThat(panel.get("title").asString()).isNotBlank();
            if (!panel.get("type").asString().equals("row")) {
                assertThat(panel.get("datasource").get("uid").asString()).isEqualTo("${datasource}");
                assertThat(panel.get("description").asString()).isNotBlank();
                assertThat(panel.get("targets")).isNotEmpty();
            }
        });
    }

    @Test
    void noPanelCoversAnother() {
        List<Place> places = dashboard.places();
        assertThat(places).allSatisfy(place -> {
            assertThat(place.x() + place.width()).isLessThanOrEqualTo(COLUMNS);
            assertThat(places.stream().filter(other -> other != place && other.overlaps(place)))
                    .as(place.title())
                    .isEmpty();
        });
    }

    /** As recording rules, which promtool parses. */
    @Test
    void everyQueryParses(@TempDir Path folder) throws Exception {
        List<String> queries = dashboard.queries();
        String rules = IntStream.range(0, queries.size())
                .mapToObj(number -> "      - {record: 'query:%d', expr: '%s'}"
                        .formatted(number, queries.get(number).replace("'", "''")))
                .collect(Collectors.joining("\n", "groups:\n  - name: dashboard\n    rules:\n", "\n"));
        Path file = Files.writeString(folder.resolve("dashboard.yml"), rules);
        Promtool.Outcome outcome = Promtool.run("check", "rules", file.toString());
        assertThat(outcome.code()).as(outcome.output()).isZero();
    }

    @Test
    void theProvisioningFindsIt() {
        for (String file : List.of("datasources/techcourse.yml", "dashboards/techcourse.yml")) {
            assertThat((Object) new Yaml().load(Promtool.text("grafana/provisioning/" + file)))
                    .isNotNull();
        }
    }
}
