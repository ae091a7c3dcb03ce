package com.techcourse.platform.watching;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Alerts and dashboard ask only for what is there: at a running academy, or in what Patroni, HAProxy and etcd of a
 * cluster of deploy/ha told when they were asked by hand (src/test/resources/watching).
 */
class MetricNamesTest {

    private static final Pattern NAME = Pattern.compile(
            "\\b((?:techcourse|patroni|haproxy|etcd|http_server|hikaricp|jvm|process|up)(?:_[a-z0-9_]+)?)\\b(?=[\\[{) ]|$|\\s)");

    @Test
    void everyMetricThatIsAskedForIsTold() throws IOException {
        Set<String> told = new TreeSet<>(Exposition.help().keySet());
        told.add("up"); // Prometheus itself says so of each target
        try (ApiAcademy academy = ApiAcademy.start(Map.of("techcourse.watch-interval", "200ms"))) {
            academy.as("student").get("/problems");
            Scrape.until(academy, "techcourse_database_up", value -> value == 1);
            told.addAll(Scrape.of(academy).names());
        }
        for (String sample : new String[] {"patroni-primary", "patroni-standby", "haproxy", "etcd"}) {
            told.addAll(Scrape.of(Files.readString(Path.of("src/test/resources/watching", sample + ".txt")))
                    .names());
        }
        assertThat(asked())
                .hasSizeGreaterThan(60)
                .allSatisfy(name -> assertThat(told).contains(name));
    }

    private static Set<String> asked() {
        Set<String> asked = new TreeSet<>();
        Stream.concat(
                        AlertsTest.alerts().values().stream().map(alert -> String.valueOf(alert.get("expr"))),
                        Dashboard.read().queries().stream())
                // what is in quotation marks is a value, what is after by and on is a label
                .map(query -> query.replaceAll("\"[^\"]*\"", "\"\"").replaceAll("\\b(by|on|without) *\\([^)]*\\)", ""))
                .forEach(query -> NAME.matcher(query).results().forEach(found -> asked.add(found.group(1))));
        return asked;
    }
}
