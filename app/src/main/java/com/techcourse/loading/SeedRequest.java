package com.techcourse.loading;

import java.time.LocalDate;
import java.util.Optional;

/** What is to be generated. The same numbers, seed and day give the same rows. */
public record SeedRequest(int students, int courses, long seed, Optional<LocalDate> lastDay) {

    private static final int MOST_STUDENTS = 100_000_000;
    private static final int MOST_COURSES = 100_000;

    public SeedRequest {
        requireBetween("students", students, 0, MOST_STUDENTS);
        requireBetween("courses", courses, 1, MOST_COURSES);
        if (seed < 0 || seed > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "The seed is " + seed + ", but it must be from 0 to " + Integer.MAX_VALUE + ".");
        }
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "The number of " + name + " is " + value + ", but it must be from " + least + " to " + most + ".");
        }
    }
}
