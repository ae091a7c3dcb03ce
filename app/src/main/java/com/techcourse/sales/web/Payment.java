package com.techcourse.sales.web;

import com.techcourse.platform.api.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * A payment as its buyer sees it.
 *
 * @param status pending, captured, failed, or surplus: taken but not wanted any more, and given back
 * @param confirmUrl where the buyer goes next; absent where there is nothing to do, or nobody knows yet
 * @param failureReason a word for programs, such as insufficient_funds
 */
record Payment(
        UUID id,
        UUID orderId,

        @Schema(allowableValues = {"pending", "captured", "failed", "surplus"})
        String status,

        Money money,
        Money refunded,
        String gateway,
        @Nullable String confirmUrl,
        @Nullable String failureReason,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime capturedAt) {

    static final String QUERY = """
            select id, order_id, status, amount, currency, refunded_amount, gateway, failure_reason, created_at, captured_at
              from sales.payments
            """;

    static Payment of(Record row) {
        String currency = row.get("currency", String.class);
        return new Payment(
                row.get("id", UUID.class),
                row.get("order_id", UUID.class),
                row.get("status", String.class),
                new Money(row.get("amount", BigDecimal.class), currency),
                new Money(row.get("refunded_amount", BigDecimal.class), currency),
                row.get("gateway", String.class),
                null,
                row.get("failure_reason", String.class),
                row.get("created_at", OffsetDateTime.class),
                row.get("captured_at", OffsetDateTime.class));
    }

    Payment with(@Nullable String url) {
        return new Payment(id, orderId, status, money, refunded, gateway, url, failureReason, createdAt, capturedAt);
    }

    /** Whether the buyer's request has come to its end. */
    boolean isSettled() {
        return !status.equals("pending");
    }
}
