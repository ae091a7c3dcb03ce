package com.techcourse;

import com.techcourse.analytics.cli.Analytics;
import com.techcourse.audit.cli.Audit;
import com.techcourse.catalog.cli.ImportQuestions;
import com.techcourse.loading.cli.Seed;
import com.techcourse.loading.oulad.cli.Import;
import com.techcourse.platform.backup.BackupCommand;
import com.techcourse.platform.backup.Moment;
import com.techcourse.platform.backup.Restore;
import com.techcourse.platform.bench.Bench;
import com.techcourse.platform.cli.CommandLineErrors;
import com.techcourse.platform.cli.Day;
import com.techcourse.platform.cli.Doctor;
import com.techcourse.platform.cli.Migrate;
import com.techcourse.platform.cli.Up;
import com.techcourse.platform.cluster.ClusterCommand;
import com.techcourse.platform.drill.Drill;
import com.techcourse.reporting.cli.Ledger;
import com.techcourse.reporting.cli.Report;
import com.techcourse.sales.cli.OrdersCommand;
import com.techcourse.sales.cli.Payouts;
import com.techcourse.sales.cli.RefundCommand;
import java.time.Instant;
import java.time.LocalDate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The whole command line. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "techcourse",
        description = "An academy on one PostgreSQL: courses, students, sales, proofs.",
        mixinStandardHelpOptions = true,
        version = "TechCourse 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Up.class,
            Migrate.class,
            Doctor.class,
            BackupCommand.class,
            Restore.class,
            ClusterCommand.class,
            Seed.class,
            Import.class,
            Report.class,
            OrdersCommand.class,
            RefundCommand.class,
            Payouts.class,
            Ledger.class,
            Audit.class,
            Analytics.class,
            Bench.class,
            HelpCommand.class
        })
public final class TechCourse implements Runnable {

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    public static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new TechCourse());
        java.util.Objects.requireNonNull(commands.getSubcommands().get("import"))
                .addSubcommand(new ImportQuestions());
        java.util.Objects.requireNonNull(commands.getSubcommands().get("cluster"))
                .addSubcommand(Drill.class);
        return commands.setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(LocalDate.class, new Day())
                .registerConverter(Instant.class, new Moment())
                .setExecutionExceptionHandler(new CommandLineErrors());
    }

    @Override
    public void run() {
        commandLine().usage(System.out);
    }
}
