package com.techcourse.analytics.cli;

import static com.techcourse.jooq.analytics.Tables.PASS_RATE_BY_ATTEMPT;

import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "pass-rates",
        description = "How many pass each quiz at the first, second, third attempt.",
        mixinStandardHelpOptions = true)
final class PassRates extends PersonaCommand {

    @Option(names = "--course", paramLabel = "SLUG", description = "Only this course, by its name in addresses.")
    private @Nullable String course;

    PassRates() {
        super("analyst");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.selectFrom(PASS_RATE_BY_ATTEMPT)
                        .where(course == null ? DSL.noCondition() : PASS_RATE_BY_ATTEMPT.COURSE_SLUG.eq(course))
                        .orderBy(
                                PASS_RATE_BY_ATTEMPT.COURSE_SLUG,
                                PASS_RATE_BY_ATTEMPT.QUIZ_TITLE,
                                PASS_RATE_BY_ATTEMPT.QUIZ_ID,
                                PASS_RATE_BY_ATTEMPT.ATTEMPT_NO)
                        .fetch(),
                out);
        return 0;
    }
}
