package com.techcourse.analytics.cli;

import static com.techcourse.jooq.analytics.Tables.TIME_TO_COMPLETE;

import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import org.jooq.DSLContext;
import picocli.CommandLine.Command;

@Command(
        name = "time-to-complete",
        description = "Days from enrolment to completion of each course, in quartiles.",
        mixinStandardHelpOptions = true)
final class TimeToComplete extends PersonaCommand {

    TimeToComplete() {
        super("analyst");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.selectFrom(TIME_TO_COMPLETE)
                        .orderBy(TIME_TO_COMPLETE.MEDIAN_DAYS, TIME_TO_COMPLETE.COURSE_SLUG)
                        .fetch(),
                out);
        return 0;
    }
}
