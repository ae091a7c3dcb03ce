package com.techcourse.loading.oulad.cli;

import com.techcourse.loading.csv.cli.ImportCoupons;
import com.techcourse.loading.csv.cli.ImportCourses;
import com.techcourse.loading.csv.cli.ImportEnrollments;
import com.techcourse.loading.csv.cli.ImportUsers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = "Loads CSV files and data of other platforms, through all rules of this one.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "FORMAT",
        subcommands = {
            ImportUsers.class,
            ImportCourses.class,
            ImportEnrollments.class,
            ImportCoupons.class,
            ImportOulad.class
        })
public final class Import implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to import: users, courses, enrollments, coupons, questions or oulad.");
    }
}
