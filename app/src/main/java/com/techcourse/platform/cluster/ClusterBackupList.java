package com.techcourse.platform.cluster;

import com.techcourse.platform.Environment;
import com.techcourse.platform.backup.TakenBackup;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "list", description = "The backups of the cluster, the oldest first.", mixinStandardHelpOptions = true)
final class ClusterBackupList implements Callable<Integer> {

    @Override
    public Integer call() {
        List<TakenBackup> all = new LocalBackups(ClusterFolder.of(Environment.ofProcess())).all();
        all.forEach(backup -> System.out.printf(
                Locale.ROOT, "%-36s %s  %,10.1f MB%n", backup.name(), backup.finishedAt(), backup.bytes() / 1e6));
        System.out.println(all.isEmpty() ? "There is none: ./techcourse cluster backup" : all.size() + " backups.");
        return all.isEmpty() ? 1 : 0;
    }
}
