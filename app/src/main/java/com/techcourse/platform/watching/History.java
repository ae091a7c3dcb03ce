package com.techcourse.platform.watching;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last hours of a few figures, in memory and of this node alone: for the small charts of a page. */
final class History {

    /** Of counters the growth a second. */
    static final List<String> KEPT = List.of(
            "techcourse_database_connections",
            "techcourse_database_commits_total",
            "techcourse_database_oldest_transaction_seconds",
            "techcourse_database_bytes",
            "techcourse_standbys",
            "techcourse_standby_synchronous",
            "techcourse_standby_lag_bytes",
            "techcourse_jobs_waiting",
            "techcourse_outbox_waiting",
            "techcourse_letters_waiting",
            "techcourse_orders_recent",
            "techcourse_payments_awaited",
            "techcourse_pooler_clients_waiting");

    private final Duration step;
    private final int most;
    private final Map<String, Deque<Double>> series = new HashMap<>();
    private final Map<String, Double> counters = new HashMap<>();
    private Instant last = Instant.MIN;

    History(Duration step, int most) {
        this.step = step;
        this.most = most;
    }

    /** Keeps one sample of each step. */
    synchronized void add(Instant at, Figures figures) {
        if (last != Instant.MIN && at.isBefore(last.plus(step))) {
            return;
        }
        double seconds = last == Instant.MIN ? 0 : Duration.between(last, at).toMillis() / 1000.0;
        last = at;
        for (String metric : KEPT) {
            double now = figures.sum(metric).orElse(Double.NaN);
            Deque<Double> values = series.computeIfAbsent(metric, _ -> new ArrayDeque<>());
            values.addLast(Reading.isCounter(metric) ? growth(metric, now, seconds) : now);
            if (values.size() > most) {
                values.removeFirst();
            }
        }
    }

    /** Not a number before the second sample, and after a restart of what counts. */
    private double growth(String counter, double now, double seconds) {
        Double before = counters.put(counter, now);
        return before == null || seconds <= 0 || now < before ? Double.NaN : (now - before) / seconds;
    }

    /** The oldest first; not a number where nothing was seen. */
    synchronized double[] of(String metric) {
        Deque<Double> values = series.get(metric);
        return values == null
                ? new double[0]
                : values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Not a number where the newest sample saw nothing. */
    static double newest(double[] values) {
        return values.length == 0 ? Double.NaN : values[values.length - 1];
    }

    /** Not a number where nothing was ever seen. */
    double most(String metric) {
        return Arrays.stream(of(metric))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }
}
