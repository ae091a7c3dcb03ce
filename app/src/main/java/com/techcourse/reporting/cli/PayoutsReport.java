package com.techcourse.reporting.cli;

import static com.techcourse.jooq.reporting.Tables.PAYOUTS_DUE;

import java.io.PrintStream;
import org.jooq.DSLContext;
import picocli.CommandLine.Command;

@Command(
        name = "payouts",
        description = "What is owed to each instructor, and what of it is planned or approved.",
        mixinStandardHelpOptions = true)
final class PayoutsReport extends ReportCommand {

    PayoutsReport() {
        super("accountant");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.selectFrom(PAYOUTS_DUE)
                        .orderBy(PAYOUTS_DUE.INSTRUCTOR_NAME, PAYOUTS_DUE.INSTRUCTOR_ID, PAYOUTS_DUE.CURRENCY)
                        .fetch(),
                out);
        return 0;
    }
}
