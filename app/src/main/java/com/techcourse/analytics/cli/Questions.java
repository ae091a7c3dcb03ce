package com.techcourse.analytics.cli;

import static com.techcourse.jooq.analytics.Tables.QUESTION_STATISTICS;

import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "questions",
        description = {
            "Difficulty and discrimination of every question.",
            "Difficulty is the mean share of the points (1: everybody knows it), discrimination the correlation with the rest of the quiz."
        },
        mixinStandardHelpOptions = true)
final class Questions extends PersonaCommand {

    @Option(names = "--course", paramLabel = "SLUG", description = "Only this course, by its name in addresses.")
    private @Nullable String course;

    Questions() {
        super("analyst");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.select(
                                QUESTION_STATISTICS.COURSE_SLUG,
                                QUESTION_STATISTICS.QUIZ_TITLE,
                                QUESTION_STATISTICS.QUIZ_VERSION,
                                QUESTION_STATISTICS.QUESTION_ID,
                                QUESTION_STATISTICS.QUESTION_TYPE,
                                QUESTION_STATISTICS.ATTEMPTS,
                                QUESTION_STATISTICS.ANSWERS,
                                QUESTION_STATISTICS.DIFFICULTY,
                                QUESTION_STATISTICS.DISCRIMINATION)
                        .from(QUESTION_STATISTICS)
                        .where(course == null ? DSL.noCondition() : QUESTION_STATISTICS.COURSE_SLUG.eq(course))
                        .orderBy(
                                QUESTION_STATISTICS.COURSE_SLUG,
                                QUESTION_STATISTICS.QUIZ_TITLE,
                                QUESTION_STATISTICS.QUIZ_ID,
                                QUESTION_STATISTICS.QUIZ_VERSION,
                                QUESTION_STATISTICS.POSITION)
                        .fetch(),
                out);
        return 0;
    }
}
