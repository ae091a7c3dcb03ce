package com.techcourse.analytics.cli;

import static com.techcourse.jooq.analytics.Tables.COURSES_BY_PASSING_SCORE;

import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import org.jooq.DSLContext;
import picocli.CommandLine.Command;

@Command(
        name = "top-passing-score",
        description = {
            "The course that demands the most, and the e-mail address of its instructor.",
            "All of them where several share the top."
        },
        mixinStandardHelpOptions = true)
final class TopPassingScore extends PersonaCommand {

    TopPassingScore() {
        super("analyst");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.select(
                                COURSES_BY_PASSING_SCORE.INSTRUCTOR_EMAIL,
                                COURSES_BY_PASSING_SCORE.COURSE_TITLE,
                                COURSES_BY_PASSING_SCORE.PASSING_SCORE)
                        .from(COURSES_BY_PASSING_SCORE)
                        .where(COURSES_BY_PASSING_SCORE.RANK.eq(1L))
                        .orderBy(COURSES_BY_PASSING_SCORE.INSTRUCTOR_EMAIL, COURSES_BY_PASSING_SCORE.COURSE_TITLE)
                        .fetch(),
                out);
        return 0;
    }
}
