package com.techcourse.platform.cluster;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "kill",
        description = {
            "kill -9. A node (pg1) stays down, as without power, until heal; one of its programs (pg1/postgres,",
            "pg1/patroni, pg1/etcd) or of those in front (haproxy, pgbouncer, academy) is started again by itself."
        },
        mixinStandardHelpOptions = true)
final class ClusterKill implements Callable<Integer> {

    @Parameters(paramLabel = "PART", description = "pg1, pg1/postgres, haproxy ..")
    private String part = "";

    @Override
    public Integer call() {
        int killed = RunningCluster.here().kill(RunningCluster.part(part));
        System.out.println(
                killed == 0
                        ? "Nothing of " + part + " was running."
                        : part + " is killed (" + killed + " processes). Look: ./techcourse cluster status");
        return killed == 0 ? 1 : 0;
    }
}
