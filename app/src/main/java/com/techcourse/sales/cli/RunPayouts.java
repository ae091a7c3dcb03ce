package com.techcourse.sales.cli;

import java.time.LocalDate;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description =
                "Plans the payouts of a month that is over, as the preview shows them; repeated, it plans none again.",
        mixinStandardHelpOptions = true)
final class RunPayouts extends StaffCommand {

    @Parameters(paramLabel = "MONTH", converter = MonthOption.class, description = "as 2026-10")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private LocalDate month;

    @Override
    Result<? extends Record> answer(DSLContext session) {
        return session.fetch(
                "select to_char(?::date, 'YYYY-MM') as month, sales.run_payouts(?) as planned", month, month);
    }
}
