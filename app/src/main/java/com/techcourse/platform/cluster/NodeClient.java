package com.techcourse.platform.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks Patroni and etcd of each node. Whoever does not answer within two seconds is not there. */
final class NodeClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int OK = 200;

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

    /** {@code leader} or {@code member}. */
    Optional<String> etcd(String node) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://" + layout.host(node) + ":" + Layout.ETCD_PORT + "/v3/maintenance/status"))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return answer(request).flatMap(NodeClient::json).map(status -> status.path("leader")
                        .asString("")
                        .equals(status.path("header").path("member_id").asString("?"))
                ? "leader"
                : status.has("leader") ? "member" : "no leader");
    }

    /** Whoever starts first leads; who had led, and who had what, is forgotten. Only while no Patroni runs. */
    void forgetLeader() {
        for (String key : List.of("leader", "sync", "failover", "history", "status", "failsafe")) {
            String name = Base64.getEncoder()
                    .encodeToString(("/service/" + layout.cluster() + "/" + key).getBytes(StandardCharsets.UTF_8));
            layout.nodes().values().stream()
                    .map(host -> answer(HttpRequest.newBuilder(
                                    URI.create("https://" + host + ":" + Layout.ETCD_PORT + "/v3/kv/deleterange"))
                            .timeout(PATIENCE)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"key\": \"" + name + "\"}"))
                            .build()))
                    .filter(answer -> answer.filter(one -> one.statusCode() == OK).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No etcd takes anything."));
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
