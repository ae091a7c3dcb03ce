package com.techcourse.platform.cluster;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "freeze",
        description = "Stops a node or a program in the middle of whatever it does (SIGSTOP), as a hanging disk would.",
        mixinStandardHelpOptions = true)
final class ClusterFreeze implements Callable<Integer> {

    @Parameters(paramLabel = "PART", description = "pg1, pg1/postgres, haproxy ..")
    private String part = "";

    @Override
    public Integer call() {
        int frozen = RunningCluster.here().freeze(RunningCluster.part(part));
        System.out.println(
                frozen == 0
                        ? "Nothing of " + part + " was running."
                        : part + " is frozen (" + frozen + " processes). It goes on with: ./techcourse cluster heal");
        return frozen == 0 ? 1 : 0;
    }
}
