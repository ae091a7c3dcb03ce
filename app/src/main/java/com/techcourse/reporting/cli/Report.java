package com.techcourse.reporting.cli;

import picocli.CommandLine.Command;

@Command(
        name = "report",
        description = "Reports for accountants and marketing.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "REPORT",
        subcommands = {
            DailySalesReport.class,
            MonthlySalesReport.class,
            PayoutsReport.class,
            LedgerReport.class,
            BooksReport.class,
            CouponsReport.class,
            SegmentsReport.class
        })
public final class Report {}
