package com.techcourse.platform.backup;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import com.techcourse.platform.postgres.Backup;
import com.techcourse.platform.postgres.Backups;
import com.techcourse.platform.postgres.Restoration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Proves that a backup can be restored, by restoring it beside the academy, and that its books agree and the",
            "seals of its log hold. Exit code 1 when not; the doctor tells of both."
        },
        mixinStandardHelpOptions = true)
final class VerifyBackup implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "BACKUP", description = "As list names it (default: the newest).")
    private @Nullable String name;

    @Override
    public Integer call() throws IOException {
        Environment environment = Environment.ofProcess();
        Path folder = EmbeddedOnly.dataFolder(environment);
        try (Progress progress = Progress.onStandardError()) {
            Backup backup = Backups.of(folder).one(Optional.ofNullable(name));
            List<String> faults = faults(folder, backup, progress);
            try (Database database = Database.open(environment, progress::say)) {
                new BackupLog(database).verified(TakenBackup.of(backup), faults.size());
            }
            faults.forEach(System.out::println);
            System.out.println(
                    faults.isEmpty()
                            ? "The backup " + backup.name() + " was restored: its books agree, its seals hold."
                            : "The backup " + backup.name() + " is not sound.");
            return faults.isEmpty() ? 0 : 1;
        }
    }

    private static List<String> faults(Path folder, Backup backup, Progress progress) throws IOException {
        Path copy = folder.resolve("verified.new");
        delete(copy);
        try {
            new Restoration(folder, progress::say).unpack(backup, copy);
            try (Database restored =
                    Database.openAsItIs(new Environment(Map.of("TECHCOURSE_DATA", copy.toString())), progress::say)) {
                RestoredAcademy academy = new RestoredAcademy(restored);
                progress.say("It answers: " + academy.moment());
                return academy.faults();
            }
        } finally {
            delete(copy);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
