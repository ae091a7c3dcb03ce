package com.techcourse.platform.cluster;

import com.techcourse.platform.cluster.ClusterState.Gate;
import com.techcourse.platform.cluster.ClusterState.Node;
import com.techcourse.platform.cluster.ClusterState.Pools;
import com.techcourse.platform.programs.Installed;
import com.techcourse.platform.programs.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks all parts of a cluster on this machine at once. */
record ClusterSurvey(ClusterFolder folder, LocalCluster cluster, Secrets secrets) {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Columns of SHOW POOLS. */
    private static final int CLIENTS = 2;

    private static final int WAITING = 3;
    private static final int BUSY = 6;
    private static final int IDLE = 9;
    private static final int USED = 10;

    ClusterState now() {
        Layout layout = cluster.layout();
        try (NodeClient client = new NodeClient(layout, folder.certificates());
                HttpClient local =
                        HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            Map<String, CompletableFuture<Optional<JsonNode>>> patroni = new HashMap<>();
            Map<String, String> etcd = new ConcurrentHashMap<>();
            List<CompletableFuture<Void>> members = new ArrayList<>();
            for (String node : Layout.names()) {
                patroni.put(
                        node, CompletableFuture.supplyAsync(() -> client.patroni(node), Thread::startVirtualThread));
                members.add(CompletableFuture.runAsync(
                        () -> client.etcd(node).ifPresent(role -> etcd.put(node, role)), Thread::startVirtualThread));
            }
            CompletableFuture<Optional<String>> haproxy = CompletableFuture.supplyAsync(
                    () -> get(local, "http://127.0.0.1:" + cluster.ports().metrics() + "/;csv"),
                    Thread::startVirtualThread);
            CompletableFuture<Boolean> academy = CompletableFuture.supplyAsync(
                    () -> get(local, "http://127.0.0.1:" + cluster.webPort() + "/actuator/health")
                            .isPresent(),
                    Thread::startVirtualThread);
            members.forEach(CompletableFuture::join);
            Map<String, JsonNode> answers = new HashMap<>();
            patroni.forEach((node, answer) -> answer.join().ifPresent(json -> answers.put(node, json)));
            List<Node> nodes = Layout.names().stream()
                    .map(node -> node(node, answers, etcd.getOrDefault(node, "away")))
                    .toList();
            return new ClusterState(nodes, gate(haproxy.join(), academy.join()));
        }
    }

    private Node node(String name, Map<String, JsonNode> answers, String etcd) {
        JsonNode own = answers.get(name);
        Wanted wanted = new Wanted(folder.units());
        boolean up = wanted.isUp(name + "/patroni") && wanted.isUp(name + "/etcd");
        boolean cut = cluster.network().isCut(name);
        String address = cluster.layout().host(name);
        if (own == null) {
            return new Node(name, address, "away", "no answer", null, null, false, etcd, cut, up);
        }
        boolean writes = List.of("primary", "master").contains(own.path("role").asString(""));
        return new Node(
                name,
                address,
                writes ? "primary" : "standby",
                following(name, answers)
                        .map(standby -> standby.path("state").asString("?"))
                        .orElse(own.path("state").asString("?")),
                own.has("timeline") ? own.path("timeline").asLong() : null,
                writes ? null : behind(own, answers),
                isSynchronous(name, answers),
                etcd,
                cut,
                up);
    }

    /** Only against a primary that answers. */
    private static @Nullable Long behind(JsonNode standby, Map<String, JsonNode> answers) {
        return answers.values().stream()
                .filter(node -> node.path("xlog").has("location"))
                .map(node -> Math.max(
                        0,
                        node.path("xlog").path("location").asLong()
                                - standby.path("xlog").path("replayed_location").asLong()))
                .findFirst()
                .orElse(null);
    }

    /** The primary says who follows it, and how. */
    private static Optional<JsonNode> following(String name, Map<String, JsonNode> answers) {
        return answers.values().stream()
                .flatMap(node -> StreamSupport.stream(node.path("replication").spliterator(), false))
                .filter(standby -> standby.path("application_name").asString("").equals(name))
                .findFirst();
    }

    private static boolean isSynchronous(String name, Map<String, JsonNode> answers) {
        return following(name, answers)
                .filter(standby -> List.of("sync", "quorum")
                        .contains(standby.path("sync_state").asString("")))
                .isPresent();
    }

    private Gate gate(Optional<String> haproxy, boolean academy) {
        return new Gate(
                haproxy.map(csv -> servers(csv, "primary")).orElse(null),
                haproxy.map(csv -> servers(csv, "replicas")).orElse(null),
                pools(),
                academy);
    }

    /** Lines of HAProxy's statistics: proxy, server, .. and the state in the 18th column. */
    private static List<String> servers(String csv, String proxy) {
        return csv.lines()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells.length > 17
                        && cells[0].equals(proxy)
                        && Layout.names().contains(cells[1])
                        && cells[17].startsWith("UP"))
                .map(cells -> cells[1])
                .toList();
    }

    /** By psql: JDBC drivers begin with statements that PgBouncer's console refuses. */
    private @Nullable Pools pools() {
        Run shown = Run.with(
                Map.of(
                        "PGPASSWORD", secrets.of("pooler_stats_password"),
                        "PGSSLMODE", "require",
                        "PGCONNECT_TIMEOUT", "2"),
                List.of(
                        Installed.postgresql().orElseThrow().resolve("psql").toString(),
                        "-XAt",
                        "-h127.0.0.1",
                        "-p" + cluster.ports().pooler(),
                        "-Upooler_stats",
                        "-cshow pools",
                        "pgbouncer"));
        if (!shown.succeeded()) {
            return null;
        }
        long[] sums = new long[USED + 1];
        shown.output()
                .lines()
                .map(line -> line.split("\\|"))
                .filter(pool -> pool.length > USED && !pool[0].equals("pgbouncer"))
                .forEach(pool -> {
                    for (int column = 2; column <= USED; column++) {
                        sums[column] += Long.parseLong(pool[column]);
                    }
                });
        return new Pools(sums[CLIENTS], sums[WAITING], sums[BUSY], sums[IDLE] + sums[USED]);
    }

    private static Optional<String> get(HttpClient client, String address) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return Optional.of(answer.body()).filter(_ -> answer.statusCode() == 200);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
