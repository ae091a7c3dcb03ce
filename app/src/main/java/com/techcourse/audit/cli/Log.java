package com.techcourse.audit.cli;

import static com.techcourse.jooq.audit.Tables.CHANGE_LOG;

import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "log",
        description = "The change log, the newest first: ids and values, never a name or an e-mail address.",
        mixinStandardHelpOptions = true)
final class Log extends PersonaCommand {

    @Option(names = "--relation", paramLabel = "TABLE", description = "Only this table, as catalog.courses.")
    private @Nullable String relation;

    @Option(names = "--by", paramLabel = "USER", description = "Only what this user did, by id.")
    private @Nullable UUID user;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most N (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private Period period = new Period();

    Log() {
        super("auditor");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.select(
                                CHANGE_LOG.CHANGED_AT,
                                CHANGE_LOG.RELATION,
                                CHANGE_LOG.ACTION,
                                CHANGE_LOG.ROW_KEY,
                                CHANGE_LOG.OLD_VALUES,
                                CHANGE_LOG.NEW_VALUES,
                                CHANGE_LOG.CHANGED_BY,
                                CHANGE_LOG.ACTING_ROLE,
                                CHANGE_LOG.DATABASE_ROLE)
                        .from(CHANGE_LOG)
                        .where(relation == null ? DSL.noCondition() : CHANGE_LOG.RELATION.eq(relation))
                        .and(user == null ? DSL.noCondition() : CHANGE_LOG.CHANGED_BY.eq(user))
                        .and(period.covers(CHANGE_LOG.CHANGED_AT))
                        .orderBy(CHANGE_LOG.CHANGED_AT.desc(), CHANGE_LOG.ID)
                        .limit(limit)
                        .fetch(),
                out);
        return 0;
    }
}
