package com.techcourse.loading.cli;

import picocli.CommandLine.Command;

@Command(
        name = "seed",
        description = "Fills the academy with made-up rows.",
        mixinStandardHelpOptions = true,
        subcommands = SeedAcademy.class)
public final class Seed {}
