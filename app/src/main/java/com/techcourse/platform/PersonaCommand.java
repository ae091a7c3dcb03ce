package com.techcourse.platform;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import picocli.CommandLine.Option;

/**
 * A command that asks the database as one of the personas, in one transaction of the application: what it may see is
 * decided by the same roles as in psql.
 */
public abstract class PersonaCommand implements Callable<Integer> {

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table, csv or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TABLE;

    private final String persona;

    protected PersonaCommand(String persona) {
        this.persona = persona;
    }

    @Override
    public final Integer call() {
        try (Progress progress = Progress.onStandardError();
                Database database = Database.open(Environment.ofProcess(), progress::say)) {
            return run(database, System.out);
        }
    }

    /** On an opened database; returns the exit code. */
    public final int run(Database database, PrintStream out) {
        return transaction(database, Acting.persona(persona), session -> answer(session, out));
    }

    /** One transaction in which the persona acts. */
    protected int transaction(Database database, Acting who, Function<DSLContext, Integer> work) {
        return database.as(who, work);
    }

    /** Asks and prints; returns the exit code. */
    protected abstract int answer(DSLContext session, PrintStream out);

    protected final OutputFormat format() {
        return format;
    }

    protected final void print(Result<? extends Record> rows, PrintStream out) {
        Tables.print(rows, format, out);
    }
}
