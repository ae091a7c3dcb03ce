package com.techcourse.platform.cluster;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where everything of a cluster is: its nodes (PostgreSQL, Patroni, etcd) and its gate (HAProxy, PgBouncer), the ports of
 * the gate, and as which user of the system they run. Ports of the nodes are those that everybody expects.
 *
 * @param cluster its name, such as {@code techcourse}
 * @param nodes address of each node, by its name
 * @param gateHost address of the gate
 */
record Layout(String cluster, Map<String, String> nodes, String gateHost, GatePorts ports, String osUser) {

    static final String DATABASE = "techcourse";
    static final int NODES = 3;
    static final int POSTGRESQL_PORT = 5432;
    static final int REST_PORT = 8008;
    static final int ETCD_PORT = 2379;

    /** Ports of HAProxy's two ways, of PgBouncer, and of HAProxy's figures. */
    record GatePorts(int primary, int replica, int pooler, int metrics) {

        static final GatePorts USUAL = new GatePorts(5000, 5001, 6432, 8404);
    }

    Layout {
        nodes = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(nodes));
        if (nodes.size() != NODES) {
            throw new IllegalArgumentException("A cluster has " + NODES + " nodes, not " + nodes.size() + ".");
        }
    }

    static List<String> names() {
        return List.of("pg1", "pg2", "pg3");
    }

    String host(String node) {
        String host = nodes.get(node);
        if (host == null) {
            throw new IllegalArgumentException("There is no node " + node + ".");
        }
        return host;
    }

    String etcdMembers() {
        return nodes.entrySet().stream()
                .map(node -> node.getKey() + "=https://" + node.getValue() + ":2380")
                .collect(Collectors.joining(","));
    }

    /** A list of YAML. */
    String etcdClients() {
        return nodes.values().stream()
                .map(host -> "'" + host + ":" + ETCD_PORT + "'")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
