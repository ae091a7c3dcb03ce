package com.techcourse.sales.cli;

import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        description = "Cancels a payout that is not paid; its amount is in the next month's run.",
        mixinStandardHelpOptions = true)
final class CancelPayout extends StaffCommand {

    @Parameters(paramLabel = "PAYOUT", description = "its id, as the list shows it")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private UUID payout;

    @Override
    Result<? extends Record> answer(DSLContext session) {
        return OnePayout.told(session, payout, session.fetchValue("select sales.cancel_payout(?)", payout));
    }
}
