package com.techcourse.platform.cluster;

import com.techcourse.platform.Environment;
import com.techcourse.platform.backup.BackupLog;
import com.techcourse.platform.backup.TakenBackup;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        description = {
            "Takes a backup with pgBackRest while the cluster works: encrypted, into the folder backups of the cluster.",
            "Every change since is archived by itself, so that restore can go back to any second."
        },
        mixinStandardHelpOptions = true,
        subcommands = {ClusterBackupList.class, ClusterBackupVerify.class})
final class ClusterBackup implements Callable<Integer> {

    private enum Type {
        FULL,
        DIFF,
        INCR
    }

    @Option(
            names = "--type",
            defaultValue = "INCR",
            paramLabel = "TYPE",
            description = "full; diff, what changed since the last full one; incr, since the last one (default: incr).")
    private Type type = Type.INCR;

    @Override
    public Integer call() {
        LocalBackups backups = new LocalBackups(ClusterFolder.of(Environment.ofProcess()));
        TakenBackup backup = backups.take(type.name().toLowerCase(Locale.ROOT));
        backups.withDatabase(database -> {
            new BackupLog(database).taken(backup);
            return backup;
        });
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f MB in %d s%n",
                backup.name(),
                backup.bytes() / 1e6,
                Duration.between(backup.startedAt(), backup.finishedAt()).toSeconds());
        return 0;
    }
}
