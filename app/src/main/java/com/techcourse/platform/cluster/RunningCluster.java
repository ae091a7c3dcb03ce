package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Environment;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.programs.Installed;
import com.techcourse.platform.programs.Run;
import com.techcourse.platform.programs.SystemUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster on this machine: what may be asked of it, and what may be done to its parts. */
public final class RunningCluster {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 200;

    private final ClusterFolder folder;
    private final LocalCluster cluster;
    private final MarkedProcesses processes;
    private final Wanted wanted;

    RunningCluster(ClusterFolder folder) {
        this.folder = folder;
        this.cluster = folder.cluster();
        this.processes = new MarkedProcesses(cluster.id());
        this.wanted = new Wanted(folder.units());
    }

    public static RunningCluster here() {
        return new RunningCluster(ClusterFolder.of(Environment.ofProcess()));
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

    public static List<String> nodes() {
        return Layout.names();
    }

    /** Of the academy on it. */
    public int webPort() {
        return cluster.webPort();
    }

    /** Whether the network of a node can be cut. */
    public boolean isSeparate() {
        return cluster.separate();
    }

    /** The owner of the database, through HAProxy. */
    public DatabaseUrl owner() {
        return new Units(folder, cluster, Secrets.in(folder.secrets())).owner();
    }

    /** The owner of the database, straight to a node, whatever that is at the moment. */
    public DatabaseUrl owner(String node) {
        DatabaseUrl owner = owner();
        return new DatabaseUrl(
                cluster.layout().host(node),
                Layout.POSTGRESQL_PORT,
                owner.database(),
                owner.user(),
                owner.password(),
                owner.params());
    }

    /** What the superuser, who may come in on the node itself alone, gets as an answer: rows as lines, columns with |. */
    public String asSuperuser(String node, String query) {
        List<String> command = new ArrayList<>(cluster.network().on(node));
        command.addAll(SystemUser.current().as());
        command.addAll(List.of(
                Installed.postgresql().orElseThrow().resolve("psql").toString(),
                "-XAt",
                "-h" + folder.machine(node).resolve("run"),
                "-Upostgres",
                "-c" + query,
                Layout.DATABASE));
        return Run.with(Map.of("HOME", folder.machine(node).toString()), command)
                .orRefuse("A query as superuser");
    }

    /** Who leads; null when nobody does. */
    public @Nullable String primary() {
        try (NodeClient client = client()) {
            return client.primary().orElse(null);
        }
    }

    /** Whether one leads, all others follow, and one of them has every acknowledged commit. */
    public boolean isWhole() {
        ClusterState state = new ClusterSurvey(folder, cluster, Secrets.in(folder.secrets())).now();
        return state.primary().isPresent()
                && state.synchronousStandby().isPresent()
                && state.nodes().stream()
                                .filter(node -> node.state().equals("streaming"))
                                .count()
                        == Layout.NODES - 1
                && state.gate().primary() != null
                && state.nodes().stream().noneMatch(node -> node.etcd().equals("away"));
    }

    public int kill(String part) {
        return kill(new Part(part));
    }

    /** {@code kill -9}. A node stays down, as a machine does that has lost its power; a program is started again. */
    int kill(Part part) {
        if (part.isNode()) {
            units(part.name()).forEach(wanted::down);
        }
        return processes.kill(part::has);
    }

    /** {@code kill -9}, and it stays down until it is healed. */
    public int stop(String unit) {
        wanted.down(unit);
        return processes.kill(new Part(unit)::has);
    }

    public int freeze(String part) {
        return freeze(new Part(part));
    }

    int freeze(Part part) {
        return processes.signal("STOP", part::has);
    }

    public void cut(String node, boolean fromPeersOnly) {
        if (fromPeersOnly) {
            cluster.network().cutFromPeers(node);
        } else {
            cluster.network().cut(node);
        }
    }

    /** Power, network and time for a node again. */
    public void heal(String node) {
        cluster.network().heal(node);
        processes.signal("CONT", new Part(node)::has);
        units(node).forEach(wanted::up);
    }

    /** Says whether the node leads or follows in the end. */
    boolean awaitBack(String node) throws InterruptedException {
        Instant limit = Instant.now().plus(PATIENCE);
        try (NodeClient client = client()) {
            while (!client.follows(node)
                    && !client.primary().filter(node::equals).isPresent()) {
                if (Instant.now().isAfter(limit)) {
                    return false;
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return true;
        }
    }

    /** The frozen parts of the gate as well. */
    public void healGate() {
        processes.signal("CONT", process -> Part.OF_THE_GATE.contains(process.unit()));
        Part.OF_THE_GATE.forEach(wanted::up);
    }

    private NodeClient client() {
        return new NodeClient(cluster.layout(), folder.certificates());
    }

    private static List<String> units(String node) {
        return List.of(node + "/patroni", node + "/etcd");
    }

    /** Hands over as an operator does. Says who leads then. */
    public String switchover(String to) {
        try (NodeClient client = client()) {
            String leader = client.primary()
                    .orElseThrow(() -> new CommandProblem(
                            "Nobody leads, so nobody can hand over.", "Look: ./techcourse cluster status"));
            Run.of(
                            Installed.path("patronictl"),
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

    /** Who has every acknowledged commit of the primary. */
    public String synchronousStandby() {
        return new ClusterSurvey(folder, cluster, Secrets.in(folder.secrets()))
                .now()
                .synchronousStandby()
                .map(ClusterState.Node::name)
                .orElseThrow(() -> new CommandProblem(
                        "No standby has every commit, so none can take over.", "Look: ./techcourse cluster status"));
    }
}
