package com.techcourse.reporting.cli;

import static com.techcourse.jooq.reporting.Tables.LEDGER_BALANCES;

import java.io.PrintStream;
import org.jooq.DSLContext;
import picocli.CommandLine.Command;

@Command(
        name = "ledger",
        description = "The trial balance: every account of the ledger.",
        mixinStandardHelpOptions = true)
class LedgerReport extends ReportCommand {

    LedgerReport() {
        super("accountant");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.selectFrom(LEDGER_BALANCES)
                        .orderBy(
                                LEDGER_BALANCES.CURRENCY,
                                LEDGER_BALANCES.ACCOUNT,
                                LEDGER_BALANCES.INSTRUCTOR_NAME,
                                LEDGER_BALANCES.ACCOUNT_ID)
                        .fetch(),
                out);
        return 0;
    }
}
