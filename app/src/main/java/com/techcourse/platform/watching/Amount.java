package com.techcourse.platform.watching;

/**
 * A number as a person reads it.
 *
 * @param unit key of its words in the message files
 */
public record Amount(String unit, double number) {

    private static final double KILO = 1000;

    static Amount of(Rule.Unit unit, double value) {
        return switch (unit) {
            case YES -> new Amount(value >= 1 ? "yes" : "no", value);
            case COUNT -> new Amount("count", value);
            case RATE -> new Amount("rate", value);
            case PERCENT -> new Amount("percent", value * 100);
            case SECONDS -> duration(value);
            case BYTES -> bytes(value);
        };
    }

    private static Amount duration(double seconds) {
        if (seconds < 120) {
            return new Amount("seconds", seconds);
        }
        if (seconds < 7200) {
            return new Amount("minutes", seconds / 60);
        }
        return seconds < 172_800 ? new Amount("hours", seconds / 3600) : new Amount("days", seconds / 86_400);
    }

    private static Amount bytes(double bytes) {
        if (bytes < KILO * KILO) {
            return new Amount("kilobytes", bytes / KILO);
        }
        return bytes < KILO * KILO * KILO
                ? new Amount("megabytes", bytes / KILO / KILO)
                : new Amount("gigabytes", bytes / KILO / KILO / KILO);
    }
}
