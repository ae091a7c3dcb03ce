package com.techcourse.platform.drill;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** For each fault, how long nothing was acknowledged, each time that it happened. */
final class Outages {

    private final Map<Fault, List<Duration>> all = new EnumMap<>(Fault.class);

    void add(Fault fault, Duration outage) {
        all.computeIfAbsent(fault, _ -> new CopyOnWriteArrayList<>()).add(outage);
    }

    /** A table, with the goal and whether nineteen of twenty were within it. */
    String table() {
        return all.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(
                        "\n", "%-48s %4s %7s %7s %7s %6s%n".formatted("", "runs", "p50", "p95", "most", "goal"), "\n"));
    }

    private static String line(Fault fault, List<Duration> outages) {
        List<Duration> sorted = outages.stream().sorted().toList();
        Duration p95 = quantile(sorted, 0.95);
        return String.format(
                Locale.ROOT,
                "%-48s %4d %6.1fs %6.1fs %6.1fs %5ds %s",
                fault.sentence(),
                sorted.size(),
                seconds(quantile(sorted, 0.5)),
                seconds(p95),
                seconds(sorted.getLast()),
                fault.goal().toSeconds(),
                p95.compareTo(fault.goal()) <= 0 ? "" : "MISSED");
    }

    /** The smallest that at least so many are not above. */
    private static Duration quantile(List<Duration> sorted, double part) {
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
