package com.techcourse.platform.drill;

import com.techcourse.platform.cluster.RunningCluster;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A writer on each node, straight to it and never through HAProxy, that writes whenever the node lets it: two nodes that
 * acknowledge writes in turn would be two primaries at once.
 */
final class NodeWriters implements AutoCloseable {

    private static final long PAUSE_MILLIS = 50;

    /** An acknowledged write, from when it was sent. */
    private record Written(String node, int number, long sent, long acknowledged) {}

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

    /** How many writes one node acknowledged after another had begun to, and the first went on. */
    long fromTwoAtOnce() {
        List<Written> all = written.stream()
                .sorted(Comparator.comparingLong(Written::acknowledged))
                .toList();
        long overlapping = 0;
        for (int n = 1; n < all.size(); n++) {
            Written one = all.get(n);
            Written before = all.get(n - 1);
            // sent after another node's answer to a later sending: both were taking writes
            if (!one.node().equals(before.node())) {
                long later = all.subList(n, all.size()).stream()
                        .filter(other -> other.node().equals(before.node()) && other.sent() > one.acknowledged())
                        .limit(1)
                        .count();
                boolean handedBack = later > 0 && gapOf(all, n) > 1_000_000_000L;
                overlapping += handedBack ? 0 : later;
            }
        }
        return overlapping;
    }

    /** For how long the node of a write went on by itself. */
    private static long gapOf(List<Written> all, int from) {
        String node = all.get(from).node();
        for (int n = from; n < all.size(); n++) {
            if (!all.get(n).node().equals(node)) {
                return all.get(n).acknowledged() - all.get(from).acknowledged();
            }
        }
        return Long.MAX_VALUE;
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
                thread.join(java.time.Duration.ofSeconds(70));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
