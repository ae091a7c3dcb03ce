package com.techcourse.sales.web;

import com.techcourse.platform.api.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.UUID;
import org.jooq.Record;

/**
 * What an instructor would be paid for a month in one currency, and why: carried over, released and given back since add
 * up to what is payable, less what payouts plan already.
 *
 * @param carriedOver from the months before; negative when more was given back than earned
 * @param released in the month, less what was given back in it of earlier releases
 * @param givenBackSince after the month; never positive
 * @param alreadyPlanned by payouts of this month or a later one
 * @param payable the sum
 * @param payout what a run would plan: what is payable, or nothing
 * @param outcome to_pay; below_minimum and carried_over (wait for the next month); planned; settled (nothing is left)
 */
record PayoutPreview(
        UUID instructorId,
        String instructorName,
        Money carriedOver,
        Money released,
        Money givenBackSince,
        Money alreadyPlanned,
        Money payable,
        Money payout,

        @Schema(allowableValues = {"to_pay", "below_minimum", "carried_over", "planned", "settled"})
        String outcome) {

    static PayoutPreview of(Record row) {
        return new PayoutPreview(
                row.get("instructor_id", UUID.class),
                row.get("instructor_name", String.class),
                money(row, "carried_amount"),
                money(row, "month_amount"),
                money(row, "later_amount"),
                money(row, "planned_amount"),
                money(row, "payable_amount"),
                money(row, "payout_amount"),
                row.get("outcome", String.class));
    }

    private static Money money(Record row, String column) {
        return new Money(row.get(column, BigDecimal.class), row.get("currency", String.class));
    }
}
