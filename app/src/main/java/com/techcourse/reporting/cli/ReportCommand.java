package com.techcourse.reporting.cli;

import com.techcourse.platform.Acting;
import com.techcourse.platform.Database;
import com.techcourse.platform.PersonaCommand;
import java.util.function.Function;
import org.jooq.DSLContext;

/** A report in one read-only transaction that sees one moment: rows and totals agree, whatever is sold meanwhile. */
abstract class ReportCommand extends PersonaCommand {

    ReportCommand(String persona) {
        super(persona);
    }

    @Override
    protected final int transaction(Database database, Acting who, Function<DSLContext, Integer> work) {
        return database.snapshotAs(who, work);
    }
}
