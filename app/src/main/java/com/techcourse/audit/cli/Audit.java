package com.techcourse.audit.cli;

import picocli.CommandLine.Command;

@Command(
        name = "audit",
        description = "Price history, change log, and the proof that nothing in it was rewritten.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {Prices.class, Log.class, Verify.class, Seal.class, ExportSeal.class})
public final class Audit {}
