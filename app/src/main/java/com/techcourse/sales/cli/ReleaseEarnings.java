package com.techcourse.sales.cli;

import com.techcourse.platform.Acting;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "release",
        description =
                "Makes payable what nobody can take back any more; while the academy is up, it does so every day.",
        mixinStandardHelpOptions = true)
final class ReleaseEarnings implements Callable<Integer> {

    @Option(
            names = "--up-to",
            paramLabel = "DAY",
            description = "Only sales whose refund window ends by this day, as 2026-10-31 (default: now).")
    private @Nullable LocalDate upTo;

    @Override
    public Integer call() {
        try (Progress progress = Progress.onStandardError();
                Database database = Database.open(Environment.ofProcess(), progress::say)) {
            System.out.printf("%d payments released%n", run(database));
            return 0;
        }
    }

    /** Batch by batch, each of which stands. */
    long run(Database database) {
        long all = 0;
        int batch;
        do {
            batch = database.as(
                    Acting.visitor(),
                    session -> session.fetchSingle("select sales.release_earnings(?::date)", upTo)
                            .get(0, int.class));
            all += batch;
        } while (batch > 0);
        return all;
    }
}
