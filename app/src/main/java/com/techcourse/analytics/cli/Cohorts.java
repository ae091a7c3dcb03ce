package com.techcourse.analytics.cli;

import static com.techcourse.jooq.analytics.Tables.COMPLETION_COHORTS;
import static com.techcourse.jooq.analytics.Tables.REVENUE_COHORTS;

import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import org.jooq.DSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "cohorts",
        description = "Students by month of sign-up: what they completed, or what they paid.",
        mixinStandardHelpOptions = true)
final class Cohorts extends PersonaCommand {

    @Option(names = "--revenue", description = "What they paid in each month since, one row for each currency.")
    private boolean revenue;

    Cohorts() {
        super("analyst");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        if (revenue) {
            print(
                    session.selectFrom(REVENUE_COHORTS)
                            .orderBy(
                                    REVENUE_COHORTS.CURRENCY,
                                    REVENUE_COHORTS.SIGNUP_MONTH,
                                    REVENUE_COHORTS.MONTHS_AFTER)
                            .fetch(),
                    out);
        } else {
            print(
                    session.selectFrom(COMPLETION_COHORTS)
                            .orderBy(COMPLETION_COHORTS.SIGNUP_MONTH)
                            .fetch(),
                    out);
        }
        return 0;
    }
}
