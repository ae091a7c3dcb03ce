package com.techcourse.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waiting for what happens in the background. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Eventually() {}

    /** Returns as soon as it is so; gives up after a minute. */
    public static void isTrue(String what, BooleanSupplier question) {
        Instant limit = Instant.now().plus(PATIENCE);
        while (!question.getAsBoolean()) {
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError("Never happened: " + what);
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
