package com.techcourse.platform.cluster;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "switchover",
        description =
                "Hands over to another node as planned: before an upgrade, for example. Nothing is lost, writing stops for seconds.",
        mixinStandardHelpOptions = true)
final class ClusterSwitchover implements Callable<Integer> {

    @Parameters(
            paramLabel = "NODE",
            arity = "0..1",
            description = "Who is to lead (default: the synchronous standby; only that one can).")
    private String to = "";

    @Override
    public Integer call() {
        if (!to.isEmpty()) {
            RunningCluster.node(to);
        }
        System.out.println(RunningCluster.here().switchover(to) + " leads.");
        return 0;
    }
}
