package com.techcourse.sales.cli;

import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pay",
        description = "Notes that an approved payout was paid; the books have it in the same moment.",
        mixinStandardHelpOptions = true)
final class PayPayout extends StaffCommand {

    @Parameters(paramLabel = "PAYOUT", description = "its id, as the list shows it")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private UUID payout;

    @Option(
            names = "--reference",
            paramLabel = "TEXT",
            required = true,
            description = "The bank's reference of the transfer.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String reference;

    @Override
    Result<? extends Record> answer(DSLContext session) {
        return OnePayout.told(session, payout, session.fetchValue("select sales.pay_payout(?, ?)", payout, reference));
    }
}
