package com.techcourse.reporting.cli;

import picocli.CommandLine.Command;

@Command(
        name = "ledger",
        description = "The double-entry books: whether they agree, and how each account stands.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "QUESTION",
        subcommands = {Ledger.Check.class, Ledger.Balances.class})
public final class Ledger {

    @Command(
            name = "check",
            description = {
                "Compares orders, payments, enrolments, coupons, refunds, taxes, shares, ledger, invoices and daily sales to the cent.",
                "Prints every difference and ends with 1 when there is one."
            },
            mixinStandardHelpOptions = true)
    static final class Check extends BooksReport {}

    @Command(
            name = "balances",
            description = "The trial balance: every account of the ledger.",
            mixinStandardHelpOptions = true)
    static final class Balances extends LedgerReport {}
}
