package com.techcourse.sales.web;

import com.techcourse.platform.api.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is given back of an order.
 *
 * @param status pending at the gateway, done, or failed: the staff looks into it
 * @param kind student, staff, chargeback, or surplus: money that came too late for its order
 * @param givenBackAt when the gateway had given it back
 */
record Refund(
        UUID id,
        UUID orderId,
        String status,
        String kind,
        Money amount,
        String reason,
        OffsetDateTime requestedAt,
        @Nullable OffsetDateTime givenBackAt,
        List<Line> lines) {

    record Line(UUID courseId, Money amount) {}

    /**
     * @param lines absent: all that is left of the order
     * @param reason needed of staff
     */
    record Wish(
            @Nullable List<Part> lines,
            @Schema(maxLength = 500) @Nullable String reason) {}

    /** @param amount absent: all that is left of the line; parts of it are for staff */
    record Part(
            UUID courseId,

            @Schema(pattern = "^[0-9]{1,10}\\.[0-9]{2}$", example = "9.99") @Nullable
            String amount) {}
}
