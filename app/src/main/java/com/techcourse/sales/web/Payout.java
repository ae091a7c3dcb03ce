package com.techcourse.sales.web;

import static com.techcourse.jooq.sales.Tables.LISTED_PAYOUTS;

import com.techcourse.jooq.sales.tables.records.ListedPayoutsRecord;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What an instructor is paid for a month.
 *
 * @param month as {@code 2026-10}
 * @param status planned, approved, paid or cancelled
 * @param reference the bank's, of the transfer; absent until it is paid
 * @param plannedBy absent when nobody is known
 */
record Payout(
        UUID id,
        UUID instructorId,
        String instructorName,

        @Schema(pattern = Month.PATTERN, example = "2026-10")
        String month,

        Money amount,

        @Schema(allowableValues = {"planned", "approved", "paid", "cancelled"})
        String status,

        @Nullable String reference,
        OffsetDateTime plannedAt,
        @Nullable UUID plannedBy,
        @Nullable OffsetDateTime approvedAt,
        @Nullable UUID approvedBy,
        @Nullable OffsetDateTime paidAt,
        @Nullable UUID paidBy,
        @Nullable OffsetDateTime cancelledAt,
        @Nullable UUID cancelledBy) {

    static Payout one(DSLContext database, UUID id) {
        return database.selectFrom(LISTED_PAYOUTS)
                .where(LISTED_PAYOUTS.PAYOUT_ID.eq(id))
                .fetchOptional(Payout::of)
                .orElseThrow(() -> new Refused("not-found"));
    }

    static Payout of(ListedPayoutsRecord row) {
        return new Payout(
                row.getPayoutId(),
                row.getInstructorId(),
                row.getInstructorName(),
                Month.of(row.getPeriodStart()),
                new Money(row.getAmount(), row.getCurrency()),
                row.getStatus(),
                row.getReference(),
                row.getCreatedAt(),
                row.getCreatedBy(),
                row.getApprovedAt(),
                row.getApprovedBy(),
                row.getPaidAt(),
                row.getPaidBy(),
                row.getCancelledAt(),
                row.getCancelledBy());
    }
}
