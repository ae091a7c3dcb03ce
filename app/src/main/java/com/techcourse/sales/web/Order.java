package com.techcourse.sales.web;

import com.techcourse.platform.api.Money;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order with the prices of its moment.
 *
 * @param purpose self, gift or team
 * @param organisationId whose seats they are, for the purpose team
 * @param gift to whom it was given first, for the purpose gift
 * @param status open (to be paid), paid, partly_refunded, refunded, or closed (never paid)
 * @param closeReason cancelled, expired or replaced by a newer order for the same course
 * @param country of the buyer; its tax counts
 * @param total what is to be paid, with tax
 */
record Order(
        UUID id,
        String purpose,
        String status,
        OffsetDateTime placedAt,
        @Nullable OffsetDateTime paidAt,
        @Nullable OffsetDateTime closedAt,
        @Nullable String closeReason,
        @Nullable String country,
        @Nullable String couponCode,
        @Nullable UUID organisationId,
        @Nullable Gift gift,
        Money total,
        Money tax,
        Money refunded,
        List<Line> lines) {

    /**
     * @param listPrice of all seats, before the discount
     * @param taxRate 0.19000 is 19 percent
     * @param taxIncluded whether the price holds the tax; otherwise it comes on top
     * @param amount what is paid
     */
    record Line(
            UUID courseId,
            String courseSlug,
            String courseTitle,
            int quantity,
            Money listPrice,
            Money discount,
            String taxRate,
            boolean taxIncluded,
            Money tax,
            Money amount,
            Money refunded) {}
}
