package com.techcourse.platform.backup;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import com.techcourse.platform.postgres.Backup;
import com.techcourse.platform.postgres.Backups;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        description = {
            "Takes a whole copy of the academy while it works: database, passwords, keys and files of lessons.",
            "From the first one on every change is archived beside it, so that restore can go back to any second.",
            "All of it lies in the folder \"backups\" of the data folder, which may be a link to another disk.",
            "For each night: ./techcourse backup && ./techcourse backup verify"
        },
        mixinStandardHelpOptions = true,
        subcommands = {ListBackups.class, VerifyBackup.class})
public final class BackupCommand implements Callable<Integer> {

    @Option(
            names = "--keep",
            defaultValue = "7",
            paramLabel = "N",
            description = "How many are kept, with all changes since the oldest of them (default: ${DEFAULT-VALUE}).")
    private int keep;

    @Override
    public Integer call() {
        if (keep < 1) {
            throw new CommandProblem("--keep is " + keep + ".", "Keep at least 1.");
        }
        Environment environment = Environment.ofProcess();
        Path folder = EmbeddedOnly.dataFolder(environment);
        try (Progress progress = Progress.onStandardError();
                Database database = Database.open(environment, progress::say)) {
            Backups backups = Backups.of(folder);
            Backup backup = backups.take(database.embedded().orElseThrow(), keep, progress::say);
            new BackupLog(database).taken(TakenBackup.of(backup));
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.1f MB in %.1f s, in %s%n",
                    backup.name(),
                    backup.bytes() / 1e6,
                    Duration.between(backup.startedAt(), backup.finishedAt()).toMillis() / 1e3,
                    backups.folder());
            return 0;
        }
    }
}
