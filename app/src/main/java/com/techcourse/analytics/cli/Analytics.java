package com.techcourse.analytics.cli;

import picocli.CommandLine.Command;

@Command(
        name = "analytics",
        description = "Figures for data scientists; no student is named in any of them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "FIGURES",
        subcommands = {TopPassingScore.class, Questions.class, PassRates.class, Cohorts.class, TimeToComplete.class})
public final class Analytics {}
