package com.techcourse.platform.cluster;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cut",
        description = "Cuts the network of a node. Needs a cluster that was brought up as root.",
        mixinStandardHelpOptions = true)
final class ClusterCut implements Callable<Integer> {

    @Parameters(paramLabel = "NODE", description = "pg1, pg2 or pg3.")
    private String node = "";

    @Option(
            names = "--from-peers",
            description = "Only from the other nodes and their etcd: clients still reach it. The hardest case.")
    private boolean fromPeers;

    @Override
    public Integer call() {
        RunningCluster.here().cut(RunningCluster.node(node), fromPeers);
        System.out.println(node + " is cut off" + (fromPeers ? " from the other nodes" : "")
                + ". Put it right with: ./techcourse cluster heal " + node);
        return 0;
    }
}
