package com.techcourse.loading.cli;

import com.techcourse.loading.DemoLogins;
import com.techcourse.loading.DemoPasswords;
import com.techcourse.loading.SampleAcademy;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.FirstStart.DemoLogin;
import com.techcourse.platform.Progress;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "academy",
        description = {
            "Loads the sample academy: 40 courses, 2,000 students, 90 days of trade.",
            "The same day gives the same rows. A second run changes nothing."
        },
        mixinStandardHelpOptions = true)
final class SeedAcademy implements Callable<Integer> {

    @Option(
            names = "--today",
            paramLabel = "DATE",
            description = "The day after the last one that is told. Default: today.")
    private @Nullable LocalDate today;

    @Option(
            names = "--demo-logins",
            description =
                    "On TECHCOURSE_DATABASE_URL too: make a sign-in for each role, with new passwords, shown once.")
    private boolean demoLogins;

    @Override
    public Integer call() {
        try (Progress progress = Progress.onStandardError();
                Database database = Database.open(Environment.ofProcess(), progress::say)) {
            Optional<DemoPasswords> passwords = passwords(database);
            boolean loaded = new SampleAcademy()
                    .load(database, Optional.ofNullable(today).map(day -> day.minusDays(1)), passwords, progress);
            progress.say(
                    loaded
                            ? "The sample academy is loaded."
                            : "The sample academy is there already; nothing was changed.");
            print(loaded ? DemoLogins.of(passwords) : List.of());
        }
        return 0;
    }

    private Optional<DemoPasswords> passwords(Database database) {
        if (database.isEmbedded()) {
            return Optional.of(DemoPasswords.derivedFrom(database.ownerUrl().password()));
        }
        return demoLogins ? Optional.of(DemoPasswords.random()) : Optional.empty();
    }

    private static void print(List<DemoLogin> logins) {
        logins.forEach(login -> System.out.printf("%-12s %-36s %s%n", login.role(), login.email(), login.password()));
    }
}
