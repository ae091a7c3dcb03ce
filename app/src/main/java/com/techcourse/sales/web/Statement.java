package com.techcourse.sales.web;

import com.techcourse.platform.api.Refused;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A month on an instructor's payable account, course by course.
 *
 * @param rows between the two balances
 * @param payouts of this month, each as one line of text
 */
record Statement(String academy, Of of, BigDecimal opening, List<Row> rows, BigDecimal closing, List<String> payouts) {

    private static final int ROWS_AT_ONCE = 1000;

    private static final String LINES = "sales.statement_lines({0}, {1}, {2})";

    Statement {
        rows = List.copyOf(rows);
        payouts = List.copyOf(payouts);
    }

    /** Whose statement, of which month in which currency. */
    record Of(UUID instructorId, String instructorName, String currency, LocalDate month) {

        /** The one in which a payout is explained. */
        static Of payout(DSLContext database, UUID payoutId) {
            return database.fetchOptional(
                            "select instructor_id, instructor_name, currency, period_start from sales.listed_payouts where payout_id = ?",
                            payoutId)
                    .map(row -> new Of(
                            row.get(0, UUID.class),
                            row.get(1, String.class),
                            row.get(2, String.class),
                            row.get(3, LocalDate.class)))
                    .orElseThrow(() -> new Refused("not-found"));
        }

        String fileName() {
            return "statement-" + Month.of(month) + "-" + currency;
        }

        /** Each movement, from the opening to the closing balance, for a spreadsheet; read row by row. */
        ResultQuery<? extends Record> lines(DSLContext database) {
            return database.select(
                            DSL.field("day"),
                            DSL.field("kind"),
                            DSL.field("course_title"),
                            DSL.field("sold_on"),
                            DSL.field("order_id"),
                            DSL.field("payout_id"),
                            DSL.field("earned_amount"),
                            DSL.field("given_back_amount"),
                            DSL.field("amount"),
                            DSL.field("balance"),
                            DSL.val(currency).as("currency"))
                    .from(LINES, DSL.val(instructorId), DSL.val(currency), DSL.val(month))
                    .orderBy(DSL.field("place"))
                    .fetchSize(ROWS_AT_ONCE);
        }
    }

    /**
     * @param kind earnings, refund, chargeback, payout or correction
     * @param course absent for a payout
     * @param lines how many movements these are
     * @param earned at the sale; zero but for earnings
     * @param givenBack of it, before it was released
     */
    record Row(
            String kind,
            @Nullable String course,
            LocalDate lastDay,
            int lines,
            BigDecimal earned,
            BigDecimal givenBack,
            BigDecimal amount) {}

    static Statement read(DSLContext database, String academy, Of of) {
        Record balances = database.fetchSingle(
                "select coalesce(max(balance) filter (where kind = 'opening_balance'), 0), coalesce(max(balance) filter (where kind = 'closing_balance'), 0) from "
                        + LINES,
                DSL.val(of.instructorId()),
                DSL.val(of.currency()),
                DSL.val(of.month()));
        return new Statement(
                academy,
                of,
                balances.get(0, BigDecimal.class),
                rows(database, of),
                balances.get(1, BigDecimal.class),
                payouts(database, of));
    }

    private static List<Row> rows(DSLContext database, Of of) {
        return database.fetch("""
                        select kind, course_title, max(day), count(*), coalesce(sum(earned_amount), 0), coalesce(sum(given_back_amount), 0),
                               sum(amount)
                          from sales.statement_lines({0}, {1}, {2}) where amount is not null
                         group by kind, course_id, course_title, payout_id
                         order by array_position(array['payout', 'earnings', 'refund', 'chargeback', 'correction'], kind), course_title, max(day)
                        """, DSL.val(of.instructorId()), DSL.val(of.currency()), DSL.val(of.month()))
                .map(row -> new Row(
                        row.get(0, String.class),
                        row.get(1, String.class),
                        row.get(2, LocalDate.class),
                        row.get(3, int.class),
                        row.get(4, BigDecimal.class),
                        row.get(5, BigDecimal.class),
                        row.get(6, BigDecimal.class)));
    }

    private static List<String> payouts(DSLContext database, Of of) {
        return database.fetch("""
                        select amount || ' ' || currency || ', ' || status || case when reference is not null then ', ' || reference else '' end
                          from sales.listed_payouts where instructor_id = {0} and currency = {1} and period_start = {2}
                        """, DSL.val(of.instructorId()), DSL.val(of.currency()), DSL.val(of.month()))
                .map(row -> row.get(0, String.class));
    }
}
