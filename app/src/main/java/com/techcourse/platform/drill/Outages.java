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

    private static final int ENOUGH = 10;

    private final Map<Fault, List<Duration>> all = new EnumMap<>(Fault.class);

    /** From the first write that another node acknowledged to the first by the academy on it. */
    private final Map<Fault, List<Duration>> returns = new EnumMap<>(Fault.class);

    void add(Fault fault, Duration outage) {
        all.computeIfAbsent(fault, _ -> new CopyOnWriteArrayList<>()).add(outage);
    }

    void addReturn(Fault fault, Duration duration) {
        returns.computeIfAbsent(fault, _ -> new CopyOnWriteArrayList<>()).add(duration);
    }

    /** A table, with the goal and whether nineteen of twenty were within it. */
    String table() {
        return all.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(
                        "\n",
                        "%-48s %4s %7s %7s %7s %6s  %s%n"
                                .formatted(
                                        "", "runs", "p50", "p95", "most", "goal", "academy after the new primary, p95"),
                        "\n"));
    }

    /** How many faults missed their goal; of those that happened often enough to say so. */
    long missed() {
        return all.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= ENOUGH)
                .filter(entry -> p95(entry.getValue()).compareTo(entry.getKey().goal()) > 0)
                .count();
    }

    private static Duration p95(List<Duration> outages) {
        return quantile(outages.stream().sorted().toList(), 0.95);
    }

    private String line(Fault fault, List<Duration> outages) {
        List<Duration> sorted = outages.stream().sorted().toList();
        Duration p95 = quantile(sorted, 0.95);
        return String.format(
                Locale.ROOT,
                "%-48s %4d %6.1fs %6.1fs %6.1fs %5ds  %5s %s",
                fault.sentence(),
                sorted.size(),
                seconds(quantile(sorted, 0.5)),
                seconds(p95),
                seconds(sorted.getLast()),
                fault.goal().toSeconds(),
                returned(fault),
                p95.compareTo(fault.goal()) <= 0 ? "" : "MISSED");
    }

    private String returned(Fault fault) {
        List<Duration> sorted =
                returns.getOrDefault(fault, List.of()).stream().sorted().toList();
        return sorted.isEmpty() ? "" : String.format(Locale.ROOT, "%.1fs", seconds(quantile(sorted, 0.95)));
    }

    /** The smallest that at least so many are not above. */
    private static Duration quantile(List<Duration> sorted, double part) {
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
