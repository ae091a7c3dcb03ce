package com.techcourse.platform.watching;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Every alert can be read by Prometheus, rings when it must, is silent when it must not, and says what to do. */
class AlertsTest {

    private static final String FIRING = "group by (alertname) (ALERTS{alertstate=\"firing\"})";

    @Test
    void prometheusTakesItsConfiguration() throws Exception {
        Promtool.Outcome outcome = Promtool.run(
                "check",
                "config",
                "--syntax-only",
                Promtool.file("prometheus.yml").toString());
        assertThat(outcome.code()).as(outcome.output()).isZero();
    }

    @Test
    void theRulesAreSound() throws Exception {
        Promtool.Outcome outcome =
                Promtool.run("check", "rules", Promtool.file("alerts.yml").toString());
        assertThat(outcome.code()).as(outcome.output()).isZero();
    }

    @Test
    void everyRuleRingsWhenItMustAndElseIsSilent() throws Exception {
        Promtool.Outcome outcome =
                Promtool.run("test", "rules", Promtool.file("alerts.test.yml").toString());
        assertThat(outcome.code()).as(outcome.output()).isZero();
    }

    /** Silent before the fault, and ringing in it. */
    @Test
    void everyRuleHasItsTest() {
        Set<String> tested = new TreeSet<>();
        Map<String, List<Map<String, Object>>> file = new Yaml().load(Promtool.text("alerts.test.yml"));
        for (Map<String, Object> test : file.getOrDefault("tests", List.of())) {
            List<Map<String, Object>> questions = list(test.get("promql_expr_test"));
            assertThat(questions).allSatisfy(question -> assertThat(question).containsEntry("expr", FIRING));
            boolean silent = list(questions.getFirst().get("exp_samples")).isEmpty();
            questions.stream()
                    .flatMap(question -> list(question.get("exp_samples")).stream())
                    .filter(_ -> silent)
                    .forEach(sample -> tested.add(
                            String.valueOf(sample.get("labels")).replaceAll("\\{alertname=\"(.*)\"}", "$1")));
        }
        assertThat(tested).containsExactlyInAnyOrderElementsOf(alerts().keySet());
    }

    @Test
    void everyAlertSaysHowUrgentItIsAndWhatToDo() throws IOException {
        Set<String> parts = headings(Path.of("../docs/operations.md"));
        alerts().forEach((name, alert) -> {
            assertThat(alert.get("labels"))
                    .as(name)
                    .isInstanceOfSatisfying(
                            Map.class,
                            labels -> assertThat(labels.get("severity")).isIn("critical", "warning", "info"));
            Map<?, ?> annotations = (Map<?, ?>) Objects.requireNonNull(alert.get("annotations"), name);
            assertThat((String) annotations.get("summary")).as(name).endsWith(".");
            assertThat((String) annotations.get("runbook"))
                    .as(name)
                    .startsWith("docs/operations.md#")
                    .satisfies(page -> assertThat(parts).contains(page.substring(page.indexOf('#') + 1)));
        });
    }

    /** The page of the academy leads to the same parts. */
    @Test
    void everyRuleOfThePageLeadsToItsPart() throws IOException {
        Set<String> parts = headings(Path.of("../docs/operations.md"));
        assertThat(Board.ALL.stream().flatMap(board -> board.rules().stream()).map(Rule::runbook))
                .allSatisfy(part -> assertThat(part.isEmpty() || parts.contains(part))
                        .as(part)
                        .isTrue());
    }

    @Test
    void theListOfAlertsIsWhole() throws IOException {
        String document = Files.readString(Path.of("../docs/monitoring.md"));
        assertThat(alerts().keySet()).allSatisfy(name -> assertThat(document).contains("[" + name + "]("));
        assertThat(Exposition.help().keySet())
                .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
    }

    static Map<String, Map<String, Object>> alerts() {
        Map<String, List<Map<String, Object>>> file = new Yaml().load(Promtool.text("alerts.yml"));
        return file.getOrDefault("groups", List.of()).stream()
                .flatMap(group -> list(group.get("rules")).stream())
                .filter(rule -> rule.containsKey("alert"))
                .collect(Collectors.toMap(rule -> String.valueOf(rule.get("alert")), rule -> rule));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(@Nullable Object part) {
        return part == null ? List.of() : (List<Map<String, Object>>) part;
    }

    private static Set<String> headings(Path document) throws IOException {
        try (Stream<String> lines = Files.lines(document)) {
            return lines.filter(Pattern.compile("^#{1,4} ").asPredicate())
                    .map(line -> line.replaceFirst("^#+ ", "")
                            .toLowerCase(java.util.Locale.ROOT)
                            .replaceAll("[^a-z0-9 -]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
        }
    }
}
