package com.techcourse.platform.drill;

import com.techcourse.platform.cluster.RunningCluster;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A writer on each node, straight to it and never through HAProxy, that writes whenever the node lets it: two nodes that
 * acknowledge writes in turn would be two primaries at once.
 */
final class NodeWriters implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;
    private static final Duration SHORTEST_TURN = Duration.ofSeconds(1);

    /** An acknowledged write, from when it was sent. */
    record Written(String node, int number, long sent, long acknowledged) {}

    private final RunningCluster cluster;
    private final String run;
    private final ConcurrentLinkedQueue<Written> written = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    NodeWriters(RunningCluster cluster, String run) {
        this.cluster = cluster;
        this.run = run;
    }

    void start() throws SQLException {
        try (Connection connection = cluster.owner().connect()) {
            connection.createStatement().execute("create schema if not exists drill");
            connection
                    .createStatement()
                    .execute("create table if not exists drill.writes (run text, node text, number integer)");
        }
        RunningCluster.nodes().forEach(node -> threads.add(Thread.ofVirtual().start(() -> write(node))));
    }

    private void write(String node) {
        DatabaseUrl url = cluster.owner(node)
                .withParam("connectTimeout", "2")
                .withParam("socketTimeout", "60")
                .withParam("tcpKeepAlive", "true");
        int number = 0;
        while (!over.get()) {
            try (Connection connection = url.connect();
                    PreparedStatement insert =
                            connection.prepareStatement("insert into drill.writes values (?, ?, ?)")) {
                while (!over.get()) {
                    number++;
                    insert.setString(1, run);
                    insert.setString(2, node);
                    insert.setInt(3, number);
                    long sent = System.nanoTime();
                    insert.execute();
                    written.add(new Written(node, number, sent, System.nanoTime()));
                    pause();
                }
            } catch (SQLException e) {
                // a standby refuses, a dead node does not answer
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long fromTwoAtOnce() {
        return fromTwoAtOnce(written);
    }

    /**
     * How many times a node was sent a write that it acknowledged between two such of another: in order of sending, since
     * an answer may be given before a node freezes and arrive when it is awake again. Who takes over keeps it for a while,
     * so what another takes back at once was never one's own.
     */
    static long fromTwoAtOnce(Collection<Written> written) {
        List<Written> all =
                written.stream().sorted(Comparator.comparingLong(Written::sent)).toList();
        long overlapping = 0;
        for (int n = 1; n < all.size(); n++) {
            String before = all.get(n - 1).node();
            if (!all.get(n).node().equals(before)) {
                int end = endOfTurn(all, n);
                if (end < all.size()
                        && all.get(end).sent() - all.get(n).sent() < SHORTEST_TURN.toNanos()
                        && all.subList(end, all.size()).stream()
                                .anyMatch(later -> later.node().equals(before))) {
                    overlapping++;
                }
            }
        }
        return overlapping;
    }

    /** The first write of another node after one. */
    private static int endOfTurn(List<Written> all, int from) {
        int end = from;
        while (end < all.size() && all.get(end).node().equals(all.get(from).node())) {
            end++;
        }
        return end;
    }

    /** When another node than the former primary acknowledged its first write in a silence of the academy. */
    OptionalLong takeover(String formerPrimary, Journal.Silence silence) {
        return written.stream()
                .filter(one -> !one.node().equals(formerPrimary))
                .mapToLong(Written::acknowledged)
                .filter(moment -> moment > silence.begin() && moment < silence.end())
                .min();
    }

    int count() {
        return written.size();
    }

    /** Acknowledged, and not there now. */
    long lost() throws SQLException {
        long lost = 0;
        try (Connection connection = cluster.owner().connect();
                PreparedStatement query = connection.prepareStatement(
                        "select count(*) from unnest(?::integer[]) n where not exists (select from drill.writes w where w.run = ? and w.node = ? and w.number = n)")) {
            for (String node : RunningCluster.nodes()) {
                query.setArray(
                        1,
                        connection.createArrayOf(
                                "integer",
                                written.stream()
                                        .filter(one -> one.node().equals(node))
                                        .map(Written::number)
                                        .toArray()));
                query.setString(2, run);
                query.setString(3, node);
                try (var rows = query.executeQuery()) {
                    rows.next();
                    lost += rows.getLong(1);
                }
            }
        }
        return lost;
    }

    @Override
    public void close() {
        over.set(true);
        threads.forEach(thread -> {
            try {
                thread.join(Duration.ofSeconds(70));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
