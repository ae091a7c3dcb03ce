package com.techcourse.platform.backup;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import com.techcourse.platform.postgres.Restoration;
import com.techcourse.platform.postgres.Restoration.Restored;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "restore",
        description = {
            "Brings the academy back as it was at a moment, or as late as can be: the newest backup from before it and the",
            "changes since. The academy must be stopped. What was there is kept beside it, and nothing is touched before",
            "the restored database has come to that moment."
        },
        mixinStandardHelpOptions = true)
public final class Restore implements Callable<Integer> {

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "As 2026-11-23T07:45:00Z; UTC where no offset is given (default: everything).")
    private @Nullable Instant to;

    @Override
    public Integer call() {
        Environment environment = Environment.ofProcess();
        Path folder = EmbeddedOnly.dataFolder(environment);
        try (Progress progress = Progress.onStandardError()) {
            Restored restored = new Restoration(folder, progress::say).restore(Optional.ofNullable(to));
            restored.lastTransaction()
                    .ifPresent(
                            last -> System.out.println("The last change that is back was made at " + last + " UTC."));
            restored.before()
                    .ifPresent(before -> System.out.println(
                            "What was there before is in " + before + "; delete it when all is well."));
            try (Database database = Database.openAsItIs(environment, progress::say)) {
                RestoredAcademy academy = new RestoredAcademy(database);
                System.out.println(academy.moment());
                List<String> faults = academy.faults();
                faults.forEach(System.out::println);
                System.out.println(faults.isEmpty() ? "The books agree, the seals hold." : "Something does not hold.");
                return faults.isEmpty() ? 0 : 1;
            }
        }
    }
}
