package com.techcourse.sales.cli;

import picocli.CommandLine.Command;

@Command(
        name = "payouts",
        description = "Pays instructors: release, preview, run, approve by a second person, pay.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ReleaseEarnings.class,
            PreviewPayouts.class,
            RunPayouts.class,
            ListPayouts.class,
            ApprovePayout.class,
            PayPayout.class,
            CancelPayout.class
        })
public final class Payouts {}
