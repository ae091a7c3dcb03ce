package com.techcourse.platform.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks Patroni and etcd of each node. Whoever does not answer within two seconds is not there. */
final class NodeClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int OK = 200;

    /** Deleted, or not there. */
    private static final Set<Integer> GONE = Set.of(OK, 404);

    private final Layout layout;
    private final HttpClient client;

    NodeClient(Layout layout, Path certificates) {
        this.layout = layout;
        this.client = HttpClient.newBuilder()
                .sslContext(ClusterTls.in(certificates))
                .connectTimeout(PATIENCE)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** What the Patroni of a node says of it. */
    Optional<JsonNode> patroni(String node) {
        return answer(patroniRequest(node, "/patroni")).flatMap(NodeClient::json);
    }

    /** The node whose Patroni holds the leader's key, and whose PostgreSQL writes. */
    Optional<String> primary() {
        return layout.nodes().keySet().parallelStream()
                .filter(node -> says(node, "/primary"))
                .findFirst();
    }

    /** How many standbys follow. */
    long standbys() {
        return layout.nodes().keySet().parallelStream()
                .filter(node -> says(node, "/replica"))
                .count();
    }

    boolean follows(String node) {
        return says(node, "/replica");
    }

    private boolean says(String node, String path) {
        return answer(patroniRequest(node, path))
                .filter(answer -> answer.statusCode() == OK)
                .isPresent();
    }

    /** {@code leader}, {@code member}, or {@code no leader} while it looks for one. */
    Optional<String> etcd(String node) {
        return answer(etcdRequest(layout.host(node), "/v2/stats/self").GET().build())
                .flatMap(NodeClient::json)
                .map(status -> switch (status.path("state").asString("")) {
                    case "StateLeader" -> "leader";
                    case "StateFollower" -> "member";
                    default -> "no leader";
                });
    }

    private static HttpRequest.Builder etcdRequest(String host, String path) {
        return HttpRequest.newBuilder(URI.create("https://" + host + ":" + Layout.ETCD_PORT + path))
                .timeout(PATIENCE);
    }

    /** Whoever starts first leads; who had led, and who had what, is forgotten. Only while no Patroni runs. */
    void forgetLeader() {
        for (String key : List.of("leader", "sync", "failover", "history", "status", "failsafe")) {
            String path = "/v2/keys/service/" + layout.cluster() + "/" + key;
            boolean gone = layout.nodes().values().stream()
                    .map(host -> answer(etcdRequest(host, path).DELETE().build()))
                    .flatMap(Optional::stream)
                    .anyMatch(answer -> GONE.contains(answer.statusCode()));
            if (!gone) {
                throw new IllegalStateException("No etcd takes anything.");
            }
        }
    }

    private HttpRequest patroniRequest(String node, String path) {
        return HttpRequest.newBuilder(URI.create("https://" + layout.host(node) + ":" + Layout.REST_PORT + path))
                .timeout(PATIENCE)
                .build();
    }

    private Optional<HttpResponse<String>> answer(HttpRequest request) {
        try {
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> json(HttpResponse<String> answer) {
        try {
            return Optional.of(JsonMapper.shared().readTree(answer.body()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
