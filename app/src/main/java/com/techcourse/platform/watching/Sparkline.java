package com.techcourse.platform.watching;

import java.util.Arrays;
import java.util.Locale;

/**
 * A small chart of the last hours, drawn on the server: a path in a box of {@value #WIDTH} by {@value #HEIGHT}, with
 * gaps where nothing was seen.
 */
public record Sparkline(String path, int minutes, Amount least, Amount most) {

    static final int WIDTH = 240;
    static final int HEIGHT = 40;
    private static final int MARGIN = 3;
    /** A line of fewer samples says nothing. */
    private static final int FEWEST = 3;

    static Sparkline of(double[] values, Rule.Unit unit) {
        double least = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
        double most = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
        boolean enough = Arrays.stream(values).filter(Double::isFinite).count() >= FEWEST;
        return new Sparkline(
                enough ? path(values, least, most) : "", values.length, Amount.of(unit, least), Amount.of(unit, most));
    }

    public boolean isDrawn() {
        return !path.isEmpty();
    }

    /** An even line lies at the bottom where it is 0, else in the middle. */
    private static String path(double[] values, double least, double most) {
        StringBuilder path = new StringBuilder();
        double span = most - least;
        boolean drawing = false;
        for (int index = 0; index < values.length; index++) {
            if (!Double.isFinite(values[index])) {
                drawing = false;
                continue;
            }
            double part = span == 0 ? (most == 0 ? 0 : 0.5) : (values[index] - least) / span;
            double x = (double) index / Math.max(1, values.length - 1) * WIDTH;
            double y = HEIGHT - MARGIN - part * (HEIGHT - 2 * MARGIN);
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", drawing ? "L" : "M", x, y));
            drawing = true;
        }
        return path.toString();
    }
}
