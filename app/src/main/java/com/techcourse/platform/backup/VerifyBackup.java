package com.techcourse.platform.backup;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import com.techcourse.platform.postgres.Backup;
import com.techcourse.platform.postgres.Backups;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.postgres.Restoration;
import com.techcourse.platform.programs.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Proves that a backup can be restored, by restoring it beside the academy, and that its books agree and the",
            "seals of its log hold. Exit code 1 when not; the doctor tells of both.",
            "On a server of one's own the backups are those of pgBackRest, by the configuration that TECHCOURSE_PGBACKREST",
            "names; the copy lies in TECHCOURSE_DATA meanwhile."
        },
        mixinStandardHelpOptions = true)
final class VerifyBackup implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "BACKUP", description = "As list names it (default: the newest).")
    private @Nullable String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Environment environment = Environment.ofProcess();
        Optional<DatabaseUrl> server = environment.databaseUrl();
        Optional<PgBackRest> archive = server.flatMap(_ -> PgBackRest.of(environment));
        TrialOutcome outcome = archive.isPresent()
                ? new Trial(archive.get(), environment.dataFolder().resolve("verified"), server.orElseThrow())
                        .of(archive.get().one(Optional.ofNullable(name)))
                : ofTheDataFolder(environment);
        return outcome.tell(System.out);
    }

    private TrialOutcome ofTheDataFolder(Environment environment) throws IOException {
        Path folder = EmbeddedOnly.dataFolder(environment);
        try (Progress progress = Progress.onStandardError()) {
            Backup backup = Backups.of(folder).one(Optional.ofNullable(name));
            TrialOutcome outcome = new TrialOutcome(TakenBackup.of(backup), faults(folder, backup, progress));
            try (Database database = Database.open(environment, progress::say)) {
                new BackupLog(database)
                        .verified(outcome.backup(), outcome.faults().size());
            }
            return outcome;
        }
    }

    private static List<String> faults(Path folder, Backup backup, Progress progress) throws IOException {
        Path copy = folder.resolve("verified.new");
        Folders.delete(copy);
        try {
            new Restoration(folder, progress::say).unpack(backup, copy);
            try (Database restored =
                    Database.openAsItIs(new Environment(Map.of("TECHCOURSE_DATA", copy.toString())), progress::say)) {
                RestoredAcademy academy = new RestoredAcademy(restored);
                progress.say("It answers: " + academy.moment());
                return academy.faults();
            }
        } finally {
            Folders.delete(copy);
        }
    }
}
