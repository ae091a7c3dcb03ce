package com.techcourse.platform.watching;

import java.util.Map;

/** One figure at one moment: {@code techcourse_standby_lag_bytes} of {@code standby="pg2"} is 0. */
record Reading(String metric, Map<String, String> labels, double value) {

    Reading {
        labels = Map.copyOf(labels);
    }

    static Reading of(String metric, double value) {
        return new Reading(metric, Map.of(), value);
    }

    boolean isCounter() {
        return isCounter(metric);
    }

    static boolean isCounter(String metric) {
        return metric.endsWith("_total");
    }
}
