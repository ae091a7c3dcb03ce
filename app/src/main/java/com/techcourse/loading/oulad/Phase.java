package com.techcourse.loading.oulad;

import java.time.Duration;
import java.util.Locale;

/** A step of the import with its clock. */
final class Phase {

    private final String name;
    private final long startedAt = System.nanoTime();

    Phase(String name) {
        this.name = name;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    String label(long rows) {
        return String.format(Locale.ROOT, "%s %,d/s", name, rate(rows));
    }

    String finished(long rows) {
        return line(name, rows, elapsed());
    }

    static String line(String name, long rows, Duration took) {
        double seconds = Math.max(took.toNanos() / 1e9, 1e-6);
        return String.format(
                Locale.ROOT, "%-28s %,9d rows  %6.2f s  %,11d rows/s", name, rows, seconds, Math.round(rows / seconds));
    }

    String finished() {
        return String.format(Locale.ROOT, "%-28s %14s  %6.2f s", name, "", seconds());
    }

    private double seconds() {
        return elapsed().toNanos() / 1e9;
    }

    private long rate(long rows) {
        return Math.round(rows / Math.max(seconds(), 1e-6));
    }
}
