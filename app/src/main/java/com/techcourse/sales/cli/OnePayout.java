package com.techcourse.sales.cli;

import com.techcourse.platform.CommandProblem;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;

/** What became of a payout. */
final class OnePayout {

    private OnePayout() {}

    static Result<? extends Record> told(DSLContext session, UUID payout, @Nullable Object found) {
        if (!Boolean.TRUE.equals(found)) {
            throw new CommandProblem("There is no payout " + payout + ".", "See './techcourse payouts list'.");
        }
        return session.fetch(
                "select payout_id, instructor_name, amount, currency, status, reference from sales.listed_payouts where payout_id = ?",
                payout);
    }
}
