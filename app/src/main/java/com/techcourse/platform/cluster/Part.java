package com.techcourse.platform.cluster;

import com.techcourse.platform.cluster.MarkedProcesses.Marked;
import java.util.List;
import java.util.Optional;

/**
 * Something that may be ended or frozen: a node ({@code pg1}), one of its programs ({@code pg1/postgres}), or one beside
 * the nodes ({@code haproxy}).
 */
record Part(String name) {

    static final List<String> OF_A_NODE = List.of("etcd", "patroni", "postgres");
    static final List<String> OF_THE_GATE = List.of("haproxy", "pgbouncer", "academy");

    static Optional<Part> of(String name) {
        return Optional.of(new Part(name))
                .filter(part -> part.isNode()
                        || OF_THE_GATE.contains(name)
                        || Layout.names().stream()
                                .anyMatch(node -> OF_A_NODE.stream().anyMatch(p -> name.equals(node + "/" + p))));
    }

    boolean isNode() {
        return Layout.names().contains(name);
    }

    /** PostgreSQL is a child of Patroni, and lives on without it. */
    boolean has(Marked process) {
        if (isNode()) {
            return process.unit().startsWith(name + "/");
        }
        boolean postgres = process.program().equals("postgres");
        if (name.endsWith("/postgres")) {
            return postgres && process.unit().equals(name.replace("/postgres", "/patroni"));
        }
        return !postgres && process.unit().equals(name);
    }
}
