package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "heal",
        description = "Puts right whatever kill, freeze and cut did, and waits until the nodes lead or follow again.",
        mixinStandardHelpOptions = true)
final class ClusterHeal implements Callable<Integer> {

    @Parameters(paramLabel = "NODE", arity = "0..*", description = "pg1, pg2 or pg3 (default: everything).")
    private List<String> named = List.of();

    @Override
    public Integer call() throws InterruptedException {
        List<String> nodes = named.isEmpty() ? Layout.names() : named;
        nodes.forEach(RunningCluster::node);
        RunningCluster cluster = RunningCluster.here();
        cluster.healGate();
        nodes.forEach(cluster::heal);
        for (String node : nodes) {
            if (!cluster.awaitBack(node)) {
                throw new CommandProblem(
                        node + " neither leads nor follows after three minutes.",
                        "Is the cluster up? Look: ./techcourse cluster status, and the logs in " + node + "/log.");
            }
            System.out.println(node + " is back.");
        }
        return 0;
    }
}
