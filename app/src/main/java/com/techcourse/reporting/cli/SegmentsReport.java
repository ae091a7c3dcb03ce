package com.techcourse.reporting.cli;

import static com.techcourse.jooq.reporting.Tables.STUDENT_SEGMENTS;

import java.io.PrintStream;
import org.jooq.DSLContext;
import picocli.CommandLine.Command;

@Command(
        name = "segments",
        description = "Students counted by country, month of sign-up and activity.",
        mixinStandardHelpOptions = true)
final class SegmentsReport extends ReportCommand {

    SegmentsReport() {
        super("marketing");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.selectFrom(STUDENT_SEGMENTS)
                        .orderBy(STUDENT_SEGMENTS.COUNTRY, STUDENT_SEGMENTS.SIGNUP_MONTH, STUDENT_SEGMENTS.ACTIVITY)
                        .fetch(),
                out);
        return 0;
    }
}
