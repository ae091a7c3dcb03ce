package com.techcourse.sales.web;

import static com.techcourse.jooq.sales.Tables.LISTED_PAYOUTS;

import com.techcourse.jooq.sales.tables.records.ListedPayoutsRecord;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What instructors are paid: all payouts for accountants, the own ones for an instructor. */
@Api
class PayoutsApi {

    private static final List<String> STATES = List.of("planned", "approved", "paid", "cancelled");

    private final ActingTransactions transactions;

    PayoutsApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/payouts")
    @OpenTo({"accountant", "admin", "instructor"})
    @Operation(
            summary = "Payouts",
            description = "Latest month first. Accountants and admins see all, instructors their own.")
    Listing<Payout> list(
            Acting acting,
            @RequestParam(required = false)
                    @Parameter(schema = @Schema(type = "string", pattern = Month.PATTERN, example = "2026-10"))
                    @Nullable
                    String month,
            @RequestParam(required = false)
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"planned", "approved", "paid", "cancelled"}))
                    @Nullable
                    String status,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Condition wanted = below(after).and(wanted(month, status));
        List<ListedPayoutsRecord> rows = transactions.read(
                acting,
                database -> database.selectFrom(LISTED_PAYOUTS)
                        .where(wanted)
                        .orderBy(LISTED_PAYOUTS.PERIOD_START.desc(), LISTED_PAYOUTS.PAYOUT_ID.desc())
                        .limit(limit.rows() + 1)
                        .fetch());
        return Listing.of(
                Page.of(rows, limit.rows(), row -> Cursor.of(row.getPeriodStart(), row.getPayoutId())), Payout::of);
    }

    private static Condition wanted(@Nullable String month, @Nullable String status) {
        if (status != null && !STATES.contains(status)) {
            throw new Refused("invalid-value", "A payout is planned, approved, paid or cancelled.", "status");
        }
        Condition ofMonth = month == null ? DSL.noCondition() : LISTED_PAYOUTS.PERIOD_START.eq(Month.firstDay(month));
        return status == null ? ofMonth : ofMonth.and(LISTED_PAYOUTS.STATUS.eq(status));
    }

    private static Condition below(@Nullable String after) {
        return Cursor.parse(after)
                .map(cursor -> DSL.row(LISTED_PAYOUTS.PERIOD_START, LISTED_PAYOUTS.PAYOUT_ID)
                        .lt(cursor.date(0), cursor.uuid(1)))
                .orElseGet(DSL::noCondition);
    }

    @GetMapping("/payouts/{payout_id}")
    @OpenTo({"accountant", "admin", "instructor"})
    @Operation(summary = "One payout", description = "With who planned, approved and paid it.")
    Payout get(Acting acting, @PathVariable("payout_id") UUID payoutId) {
        return transactions.read(acting, database -> Payout.one(database, payoutId));
    }

    @GetMapping("/payouts/preview")
    @OpenTo({"accountant", "admin"})
    @Operation(
            summary = "What a run would pay",
            description =
                    "For each instructor and currency, also those who would be paid nothing, and why. A month that is not over may be looked at too; nothing is written.")
    Listing<PayoutPreview> preview(
            Acting acting,
            @RequestParam
                    @Parameter(
                            example = "2026-10",
                            schema = @Schema(type = "string", pattern = Month.PATTERN, example = "2026-10"))
                    String month,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Condition later = Cursor.parse(after)
                .map(cursor -> DSL.condition(
                        "(instructor_id, currency) > ({0}, {1})", DSL.val(cursor.uuid(0)), DSL.val(cursor.text(1))))
                .orElseGet(DSL::noCondition);
        List<Record> rows = transactions.read(
                acting,
                database -> database.select(DSL.asterisk())
                        .from("sales.preview_payouts({0})", DSL.val(Month.firstDay(month)))
                        .where(later)
                        .orderBy(DSL.field("instructor_id"), DSL.field("currency"))
                        .limit(limit.rows() + 1)
                        .fetch(row -> (Record) row));
        return Listing.of(
                Page.of(
                        rows,
                        limit.rows(),
                        row -> Cursor.of(row.get("instructor_id", UUID.class), row.get("currency", String.class))),
                PayoutPreview::of);
    }
}
