package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What may be done to the parts of a cluster on this machine. */
final class LocalNodes {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 200;

    private final ClusterFolder folder;
    private final LocalCluster cluster;
    private final MarkedProcesses processes;
    private final Wanted wanted;

    LocalNodes(ClusterFolder folder) {
        this.folder = folder;
        this.cluster = folder.cluster();
        this.processes = new MarkedProcesses(cluster.id());
        this.wanted = new Wanted(folder.units());
    }

    static LocalNodes here() {
        return new LocalNodes(ClusterFolder.of(Environment.ofProcess()));
    }

    static Part part(String name) {
        return Part.of(name)
                .orElseThrow(() -> new CommandProblem(
                        "The cluster has no part \"" + name + "\".",
                        "A node: pg1, pg2, pg3. One of its programs: pg1/postgres, pg1/patroni, pg1/etcd. Or "
                                + String.join(", ", Part.OF_THE_GATE) + "."));
    }

    static String node(String name) {
        if (!part(name).isNode()) {
            throw new CommandProblem("\"" + name + "\" is not a node.", "Nodes are pg1, pg2 and pg3.");
        }
        return name;
    }

    /** {@code kill -9}. A node stays down, as a machine does that has lost its power; a program is started again. */
    int kill(Part part) {
        if (part.isNode()) {
            units(part.name()).forEach(wanted::down);
        }
        return processes.kill(part::has);
    }

    int freeze(Part part) {
        return processes.signal("STOP", part::has);
    }

    void cut(String node, boolean fromPeersOnly) {
        if (fromPeersOnly) {
            cluster.network().cutFromPeers(node);
        } else {
            cluster.network().cut(node);
        }
    }

    /** Power, network and time for a node again. */
    void heal(String node) {
        cluster.network().heal(node);
        processes.signal("CONT", new Part(node)::has);
        units(node).forEach(wanted::up);
    }

    /** Says whether the node leads or follows in the end. */
    boolean awaitBack(String node) throws InterruptedException {
        Instant limit = Instant.now().plus(PATIENCE);
        try (NodeClient client = new NodeClient(cluster.layout(), folder.certificates())) {
            while (!client.follows(node) && !client.primary().filter(node::equals).isPresent()) {
                if (Instant.now().isAfter(limit)) {
                    return false;
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return true;
        }
    }

    /** The frozen parts of the gate as well. */
    void healGate() {
        processes.signal("CONT", process -> Part.OF_THE_GATE.contains(process.unit()));
        Part.OF_THE_GATE.forEach(wanted::up);
    }

    private static List<String> units(String node) {
        return List.of(node + "/patroni", node + "/etcd");
    }

    /** Hands over as an operator does. Says who leads then. */
    String switchover(String to) {
        try (NodeClient client = new NodeClient(cluster.layout(), folder.certificates())) {
            String leader = client.primary()
                    .orElseThrow(() -> new CommandProblem(
                            "Nobody leads, so nobody can hand over.", "Look: ./techcourse cluster status"));
            Run.of(
                            Programs.path("patronictl"),
                            "-c",
                            folder.machine(leader).resolve("etc/patroni.yml").toString(),
                            "switchover",
                            "--master",
                            leader,
                            "--candidate",
                            to.isEmpty() ? synchronousStandby() : to,
                            "--force")
                    .orRefuse("The switchover");
            return client.primary().orElse("nobody");
        }
    }

    private String synchronousStandby() {
        return new ClusterSurvey(folder, cluster, Secrets.in(folder.secrets()))
                .now()
                .synchronousStandby()
                .map(ClusterState.Node::name)
                .orElseThrow(() -> new CommandProblem(
                        "No standby has every commit, so none can take over.", "Look: ./techcourse cluster status"));
    }
}
