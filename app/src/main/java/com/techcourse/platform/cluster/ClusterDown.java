package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Environment;
import com.techcourse.platform.programs.Folders;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        description = "Ends what is left of a cluster whose \"up\" is gone, and deletes it where that is asked for.",
        mixinStandardHelpOptions = true)
final class ClusterDown implements Callable<Integer> {

    @Option(names = "--delete", description = "Deletes the cluster with all its data and backups.")
    private boolean delete;

    @Option(names = "--yes", description = "Yes, all data.")
    private boolean yes;

    @Override
    public Integer call() throws IOException {
        ClusterFolder folder = ClusterFolder.of(Environment.ofProcess());
        LocalCluster cluster = folder.cluster();
        if (delete && !yes) {
            throw new CommandProblem(
                    "--delete deletes everything in " + folder.path() + ", backups too.",
                    "Say it: ./techcourse cluster down --delete --yes");
        }
        int ended = new MarkedProcesses(cluster.id()).kill(_ -> true);
        cluster.network().remove();
        if (delete) {
            Folders.delete(folder.path());
        }
        System.out.println(ended + " processes were ended" + (delete ? ", everything is deleted." : "."));
        return 0;
    }
}
