package com.techcourse.loading.cli;

import com.techcourse.loading.SeedLoad;
import com.techcourse.loading.SeedReport;
import com.techcourse.loading.SeedRequest;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "seed",
        description = {
            "Generates students, courses, sales, progress, attempts and events.",
            "The same seed, numbers and day give the same rows; a broken run is continued, a finished one changes nothing."
        },
        mixinStandardHelpOptions = true,
        subcommands = SeedAcademy.class)
public final class Seed implements Callable<Integer> {

    @Option(names = "--students", paramLabel = "N", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
    private int students;

    @Option(names = "--courses", paramLabel = "N", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}.")
    private int courses;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--today",
            paramLabel = "DATE",
            description = "The day after the last one with rows. Default: today.")
    private @Nullable LocalDate today;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        SeedRequest request = request();
        try (Progress progress = Progress.onStandardError();
                Database database = Database.open(Environment.ofProcess(), progress::say)) {
            SeedReport report =
                    database.owner().connectionResult(owner -> new SeedLoad(owner, request, progress).run());
            progress.say(String.format(
                    Locale.ROOT,
                    "%,d rows in %.1f s, %,d rows/s; seed %d has %,d students now.",
                    report.rows(),
                    report.time().toMillis() / 1000.0,
                    report.rowsPerSecond(),
                    seed,
                    report.students()));
        }
        return 0;
    }

    private SeedRequest request() {
        try {
            return new SeedRequest(
                    students, courses, seed, Optional.ofNullable(today).map(day -> day.minusDays(1)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
        }
    }
}
