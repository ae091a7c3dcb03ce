package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Environment;
import com.techcourse.platform.programs.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        description = "Ends what is left of a cluster whose \"up\" is gone, and deletes it where that is asked for.",
        mixinStandardHelpOptions = true)
final class ClusterDown implements Callable<Integer> {

    /** All nodes write everything out, one after the other. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final long LOOK_MILLIS = 200;

    @Option(names = "--delete", description = "Deletes the cluster with all its data and backups.")
    private boolean delete;

    @Option(names = "--yes", description = "Yes, all data.")
    private boolean yes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ClusterFolder folder = ClusterFolder.of(Environment.ofProcess());
        LocalCluster cluster = folder.cluster();
        if (delete && !yes) {
            throw new CommandProblem(
                    "--delete deletes everything in " + folder.path() + ", backups too.",
                    "Say it: ./techcourse cluster down --delete --yes");
        }
        stopSupervisor(folder);
        int ended = new MarkedProcesses(cluster.id()).kill(_ -> true);
        cluster.network().remove();
        if (delete) {
            Folders.delete(folder.path());
        }
        System.out.println(ended + " processes were ended" + (delete ? ", everything is deleted." : "."));
        return 0;
    }

    /** Whoever runs {@code cluster up} stops everything in order, and would start again whatever is killed before. */
    private static void stopSupervisor(ClusterFolder folder) throws IOException, InterruptedException {
        try (FileChannel file = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long limit = System.nanoTime() + PATIENCE.toNanos();
            boolean asked = false;
            while (!isFree(file)) {
                if (System.nanoTime() > limit) {
                    throw new CommandProblem(
                            "./techcourse cluster up runs and does not stop.", "Press Ctrl-C in its terminal.");
                }
                if (!asked) {
                    ProcessHandle.of(Long.parseLong(Files.readString(folder.lock())))
                            .ifPresent(ProcessHandle::destroy);
                    asked = true;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    private static boolean isFree(FileChannel file) throws IOException {
        try (FileLock lock = file.tryLock()) {
            return lock != null;
        }
    }
}
