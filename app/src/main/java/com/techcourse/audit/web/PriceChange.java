package com.techcourse.audit.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One change of a price, as the log tells it. */
public record PriceChange(
        UUID id,
        OffsetDateTime changedAt,
        UUID courseId,
        @Nullable String courseTitle,
        BigDecimal oldPrice,
        BigDecimal newPrice,
        String currency,
        @Nullable String oldCurrency,
        @Nullable String changedByEmail,
        @Nullable String actingRole,
        String databaseRole) {

    /** {@code up}, {@code down}, or {@code currency} where two prices cannot be compared. */
    public String direction() {
        if (oldCurrency != null) {
            return "currency";
        }
        return switch (Integer.signum(newPrice.compareTo(oldPrice))) {
            case 1 -> "up";
            case -1 -> "down";
            default -> "same";
        };
    }

    /** In percent of the old price; null where that says nothing. */
    public @Nullable BigDecimal difference() {
        return oldCurrency != null || oldPrice.signum() == 0
                ? null
                : newPrice.subtract(oldPrice).movePointRight(2).divide(oldPrice, 1, RoundingMode.HALF_UP);
    }
}
