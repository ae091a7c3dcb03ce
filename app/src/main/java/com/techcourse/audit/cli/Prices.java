package com.techcourse.audit.cli;

import static com.techcourse.jooq.audit.Tables.COURSE_PRICE_CHANGES;

import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "prices",
        description = "Who changed which price, when, from what to what; the newest first.",
        mixinStandardHelpOptions = true)
final class Prices extends PersonaCommand {

    @Option(names = "--course", paramLabel = "SLUG", description = "Only this course, by its name in addresses.")
    private @Nullable String course;

    @Mixin
    private Period period = new Period();

    Prices() {
        super("auditor");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.select(
                                COURSE_PRICE_CHANGES.CHANGED_AT,
                                COURSE_PRICE_CHANGES.COURSE_SLUG,
                                COURSE_PRICE_CHANGES.OLD_PRICE,
                                COURSE_PRICE_CHANGES.NEW_PRICE,
                                COURSE_PRICE_CHANGES.CURRENCY,
                                COURSE_PRICE_CHANGES.CHANGED_BY_EMAIL,
                                COURSE_PRICE_CHANGES.ACTING_ROLE,
                                COURSE_PRICE_CHANGES.DATABASE_ROLE)
                        .from(COURSE_PRICE_CHANGES)
                        .where(course == null ? DSL.noCondition() : COURSE_PRICE_CHANGES.COURSE_SLUG.eq(course))
                        .and(period.covers(COURSE_PRICE_CHANGES.CHANGED_AT))
                        .orderBy(COURSE_PRICE_CHANGES.CHANGED_AT.desc(), COURSE_PRICE_CHANGES.CHANGE_ID)
                        .fetch(),
                out);
        return 0;
    }
}
