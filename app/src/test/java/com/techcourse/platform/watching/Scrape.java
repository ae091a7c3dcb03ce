package com.techcourse.platform.watching;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.Eventually;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;

/** What Prometheus reads of a running academy: each series with its labels as it is written, and its value. */
record Scrape(String text, Map<String, Double> values) {

    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_0-9]+ ?(?:\\{.*})?) (\\S+)(?: \\S+)?$");

    static Scrape of(ApiAcademy academy) {
        return of(academy.visitor().get("//actuator/prometheus").body());
    }

    static Scrape of(String text) {
        Map<String, Double> values = new TreeMap<>();
        SAMPLE.matcher(text).results().forEach(found -> values.put(found.group(1), number(found.group(2))));
        return new Scrape(text, values);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Names without labels. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        values.keySet().forEach(series -> names.add(series.replaceAll(" ?\\{.*", "")));
        return names;
    }

    static void until(ApiAcademy academy, String series, DoublePredicate wanted) {
        Eventually.isTrue(series, () -> {
            Double value = of(academy).values().get(series);
            return value != null && wanted.test(value);
        });
    }
}
