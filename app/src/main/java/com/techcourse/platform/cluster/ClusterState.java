package com.techcourse.platform.cluster;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a cluster is at a moment, as its parts say themselves. */
record ClusterState(List<Node> nodes, Gate gate) {

    /**
     * One node.
     *
     * @param role {@code primary}, {@code standby}, or {@code away} when its Patroni does not answer
     * @param state {@code streaming} for a standby that follows; else what Patroni says: {@code running}, {@code starting} ..
     * @param behindBytes what a standby has not replayed of what the primary has written
     * @param synchronous whether it has every acknowledged commit
     * @param etcd {@code leader}, {@code member}, {@code away}
     * @param cut whether its network is cut
     */
    record Node(
            String name,
            String address,
            String role,
            String state,
            @Nullable Long timeline,
            @Nullable Long behindBytes,
            boolean synchronous,
            String etcd,
            boolean cut,
            boolean wanted) {

        boolean answers() {
            return !role.equals("away");
        }
    }

    /**
     * The ways to the nodes.
     *
     * @param primary servers to which HAProxy sends what writes
     * @param replicas servers to which it sends reads
     * @param pools connections of PgBouncer; absent when it does not answer
     */
    record Gate(
            @Nullable List<String> primary,
            @Nullable List<String> replicas,
            @Nullable Pools pools,
            boolean academy) {}

    /** Connections of clients that work and that wait, and of PostgreSQL that work and rest. */
    record Pools(long clients, long waiting, long busy, long idle) {}

    Optional<Node> primary() {
        return nodes.stream().filter(node -> node.role().equals("primary")).findFirst();
    }

    Optional<Node> synchronousStandby() {
        return nodes.stream().filter(Node::synchronous).findFirst();
    }
}
