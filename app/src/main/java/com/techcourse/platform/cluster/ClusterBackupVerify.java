package com.techcourse.platform.cluster;

import com.techcourse.platform.Environment;
import com.techcourse.platform.backup.BackupLog;
import com.techcourse.platform.backup.TakenBackup;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "verify",
        description = {
            "Restores the newest backup beside the cluster, and proves that its books agree and that its seals hold.",
            "Exit code 1 when not; the doctor tells of both."
        },
        mixinStandardHelpOptions = true)
final class ClusterBackupVerify implements Callable<Integer> {

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalBackups backups = new LocalBackups(ClusterFolder.of(Environment.ofProcess()));
        TakenBackup newest = backups.newest();
        List<String> faults = backups.faultsOfTheNewest();
        backups.withDatabase(database -> {
            new BackupLog(database).verified(newest, faults.size());
            return newest;
        });
        faults.forEach(System.out::println);
        System.out.println(
                faults.isEmpty()
                        ? "The backup " + newest.name() + " was restored: its books agree, its seals hold."
                        : "The backup " + newest.name() + " is not sound.");
        return faults.isEmpty() ? 0 : 1;
    }
}
