package com.techcourse.platform.watching;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The figures as Prometheus reads them, from memory. */
@Configuration(proxyBeanMethods = false)
class Exposition {

    private static final Map<String, String> OF_THE_LOOK = Map.of(
            "techcourse_database_up", "1 where the database answered at the last look.",
            "techcourse_pooler_up", "1 where the console of PgBouncer answered at the last look.",
            "techcourse_look_duration_seconds", "How long the last look at the database and at PgBouncer took.",
            "techcourse_look_timestamp_seconds", "When the last look ended; what is older is not told.",
            "techcourse_look_failures_total", "Looks that failed, or that found a topic without an answer.",
            "techcourse_letters_sender", "1 where this node has a mail server to send letters by.");

    @Bean
    MeterBinder watchedFigures(Figures figures) {
        Map<String, String> help = help();
        return registry -> {
            if (registry instanceof PrometheusMeterRegistry prometheus) {
                MultiCollector collector = () -> new MetricSnapshots(snapshots(figures, help));
                prometheus.getPrometheusRegistry().register(collector);
            }
        };
    }

    /** What every metric means. */
    static Map<String, String> help() {
        Map<String, String> help = new TreeMap<>(OF_THE_LOOK);
        Topic.ALL.forEach(topic -> help.putAll(topic.help()));
        help.putAll(Pooler.help());
        help.putAll(ServedCertificate.help());
        help.put(RecentReads.METRIC, RecentReads.HELP);
        help.put(WaitingRequests.METRIC, WaitingRequests.HELP);
        return help;
    }

    private static List<MetricSnapshot> snapshots(Figures figures, Map<String, String> help) {
        return figures.all().stream()
                .collect(Collectors.groupingBy(Reading::metric, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .<MetricSnapshot>map(metric -> Reading.isCounter(metric.getKey())
                        ? counter(metric.getKey(), help.getOrDefault(metric.getKey(), ""), metric.getValue())
                        : gauge(metric.getKey(), help.getOrDefault(metric.getKey(), ""), metric.getValue()))
                .toList();
    }

    private static GaugeSnapshot gauge(String name, String help, List<Reading> readings) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        readings.forEach(reading -> gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(reading.value())
                .labels(labels(reading))
                .build()));
        return gauge.build();
    }

    private static CounterSnapshot counter(String name, String help, List<Reading> readings) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder()
                .name(name.substring(0, name.length() - "_total".length()))
                .help(help);
        readings.forEach(reading -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .value(reading.value())
                .labels(labels(reading))
                .build()));
        return counter.build();
    }

    private static Labels labels(Reading reading) {
        Labels.Builder labels = Labels.builder();
        new TreeMap<>(reading.labels()).forEach(labels::label);
        return labels.build();
    }
}
