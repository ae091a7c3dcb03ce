package com.techcourse.sales.gateways;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** What a gateway answered becomes a fact of the academy, in one transaction; the same answer twice changes nothing. */
@Component
class Settlements {

    private final ActingTransactions transactions;

    Settlements(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    void settle(Acting who, UUID student, UUID payment, Answer answer) {
        settle(who, student, payment, answer, _ -> payment);
    }

    /** With what is to be read, or kept, of it in that same transaction. */
    <T> T settle(Acting who, UUID student, UUID payment, Answer answer, Function<DSLContext, T> then) {
        return transactions.writeRepeatably(who, dsl -> {
            note(dsl, student, payment, answer);
            return then.apply(dsl);
        });
    }

    private static void note(DSLContext dsl, UUID student, UUID payment, Answer answer) {
        switch (answer) {
            case Answer.Captured taken ->
                dsl.execute(
                        "select sales.capture_payment(?, ?, ?, ?, ?, ?::numeric, ?::timestamptz)",
                        student,
                        payment,
                        taken.reference(),
                        taken.money().amount(),
                        taken.money().currency(),
                        taken.fee(),
                        taken.at());
            case Answer.Declined declined -> {
                name(dsl, student, payment, declined.reference());
                dsl.execute("select sales.fail_payment(?, ?, ?)", student, payment, declined.reason());
            }
            case Answer.ToConfirm page -> name(dsl, student, payment, page.reference());
            case Answer.Waiting waiting -> name(dsl, student, payment, waiting.reference());
        }
    }

    private static void name(
            DSLContext dsl, UUID student, UUID payment, @org.jspecify.annotations.Nullable String reference) {
        if (reference != null) {
            dsl.execute("select sales.name_payment(?, ?, ?)", student, payment, reference);
        }
    }
}
