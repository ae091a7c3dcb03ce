package com.techcourse.platform.watching;

import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When a figure is good, worth a look, or bad; the same limits as in {@code deploy/monitoring/alerts.yml}.
 *
 * @param key of its words in the message files
 * @param figure what is judged; empty where it is not known
 * @param unit in which it is told
 * @param note from here on somebody should look; where it is above {@code bad}, little is bad and much is good
 * @param absent what it means that it is not known
 * @param runbook the part of docs/operations.md that tells what to do
 * @param charted the series whose last hours are drawn
 */
record Rule(
        String key,
        Function<Figures, OptionalDouble> figure,
        Unit unit,
        double note,
        double bad,
        Light absent,
        String runbook,
        @Nullable String charted) {

    enum Unit {
        YES,
        COUNT,
        RATE,
        SECONDS,
        BYTES,
        PERCENT
    }

    static Rule of(String key, String metric, Unit unit, double note, double bad, Light absent, String runbook) {
        String charted = History.KEPT.contains(metric) ? metric : null;
        return new Rule(key, figures -> figures.max(metric), unit, note, bad, absent, runbook, charted);
    }

    /** Only told, never judged. */
    static Rule told(String key, String metric, Unit unit) {
        return of(key, metric, unit, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Light.UNKNOWN, "")
                .charting(metric);
    }

    Rule charting(String metric) {
        return new Rule(key, figure, unit, note, bad, absent, runbook, metric);
    }

    Rule judging(Function<Figures, OptionalDouble> other) {
        return new Rule(key, other, unit, note, bad, absent, runbook, charted);
    }

    Judged judge(Figures figures) {
        OptionalDouble value = figure.apply(figures);
        double[] past = charted == null ? new double[0] : figures.history().of(charted);
        return new Judged(
                key,
                value.isEmpty() ? absent : light(value.getAsDouble()),
                value.isEmpty() ? null : Amount.of(unit, value.getAsDouble()),
                runbook,
                Sparkline.of(past, unit));
    }

    private Light light(double value) {
        boolean littleIsBad = note > bad;
        if (littleIsBad ? value < bad : value > bad) {
            return Light.BAD;
        }
        return (littleIsBad ? value < note : value > note) ? Light.NOTE : Light.GOOD;
    }
}
