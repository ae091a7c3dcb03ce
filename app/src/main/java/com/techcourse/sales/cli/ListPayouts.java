package com.techcourse.sales.cli;

import static com.techcourse.jooq.sales.Tables.LISTED_PAYOUTS;

import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import java.time.LocalDate;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Payouts, latest month first.", mixinStandardHelpOptions = true)
final class ListPayouts extends PersonaCommand {

    @Option(
            names = "--month",
            paramLabel = "MONTH",
            converter = MonthOption.class,
            description = "Only of this month, as 2026-10.")
    private @Nullable LocalDate month;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only those that are planned, approved, paid or cancelled.")
    private @Nullable String status;

    ListPayouts() {
        super("accountant");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        Condition ofMonth = month == null ? DSL.noCondition() : LISTED_PAYOUTS.PERIOD_START.eq(month);
        Condition inState = status == null ? DSL.noCondition() : LISTED_PAYOUTS.STATUS.eq(status);
        print(
                session.select(
                                LISTED_PAYOUTS.PAYOUT_ID,
                                LISTED_PAYOUTS.PERIOD_START,
                                LISTED_PAYOUTS.INSTRUCTOR_NAME,
                                LISTED_PAYOUTS.AMOUNT,
                                LISTED_PAYOUTS.CURRENCY,
                                LISTED_PAYOUTS.STATUS,
                                LISTED_PAYOUTS.REFERENCE)
                        .from(LISTED_PAYOUTS)
                        .where(ofMonth.and(inState))
                        .orderBy(
                                LISTED_PAYOUTS.PERIOD_START.desc(),
                                LISTED_PAYOUTS.INSTRUCTOR_NAME,
                                LISTED_PAYOUTS.PAYOUT_ID)
                        .fetch(),
                out);
        return 0;
    }
}
