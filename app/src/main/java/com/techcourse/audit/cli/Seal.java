package com.techcourse.audit.cli;

import com.techcourse.platform.OutputFormat;
import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import picocli.CommandLine.Command;

@Command(
        name = "seal",
        description = "Seals what was changed since the last seal; while the academy is up, it does so every minute.",
        mixinStandardHelpOptions = true)
final class Seal extends PersonaCommand {

    Seal() {
        super("auditor");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        Result<Record> seal = session.fetch("""
                select seal_no, row_count, first_changed_at, last_changed_at, sealed_at, encode(seal_hash, 'hex') as seal_hash
                  from audit.seal() where seal_no is not null
                """);
        if (seal.isEmpty() && format() == OutputFormat.TABLE) {
            out.println("There is nothing to seal.");
        } else {
            print(seal, out);
        }
        return 0;
    }
}
