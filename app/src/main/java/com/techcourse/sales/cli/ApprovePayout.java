package com.techcourse.sales.cli;

import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = "Approves a planned payout; not by who planned it, and not by who is paid.",
        mixinStandardHelpOptions = true)
final class ApprovePayout extends StaffCommand {

    @Parameters(paramLabel = "PAYOUT", description = "its id, as the list shows it")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private UUID payout;

    @Override
    Result<? extends Record> answer(DSLContext session) {
        return OnePayout.told(session, payout, session.fetchValue("select sales.approve_payout(?)", payout));
    }
}
