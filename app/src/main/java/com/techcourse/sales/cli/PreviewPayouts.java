package com.techcourse.sales.cli;

import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import java.time.LocalDate;
import org.jooq.DSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "preview",
        description = "What a run for a month would pay now, and who would be paid nothing and why. Writes nothing.",
        mixinStandardHelpOptions = true)
final class PreviewPayouts extends PersonaCommand {

    @Parameters(paramLabel = "MONTH", converter = MonthOption.class, description = "as 2026-10")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private LocalDate month;

    PreviewPayouts() {
        super("accountant");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.fetch(
                        "select * from sales.preview_payouts(?) order by instructor_name, instructor_id, currency",
                        month),
                out);
        return 0;
    }
}
