package com.techcourse.loading;

import java.time.Duration;

/** What a seed did: rows written by this run, students now there, and the time it took. */
public record SeedReport(long rows, int students, Duration time) {

    public long rowsPerSecond() {
        return time.isZero() ? 0 : Math.round(rows * 1000.0 / Math.max(1, time.toMillis()));
    }
}
