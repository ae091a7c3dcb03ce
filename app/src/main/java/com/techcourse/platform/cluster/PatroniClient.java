package com.techcourse.platform.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the Patroni of each node over HTTPS, trusting the cluster's own authority alone. */
final class PatroniClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Layout layout;
    private final HttpClient client;

    PatroniClient(Layout layout, Path authority) {
        this.layout = layout;
        this.client = HttpClient.newBuilder()
                .sslContext(trusting(authority))
                .connectTimeout(PATIENCE)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static SSLContext trusting(Path authority) {
        try (InputStream certificate = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "cluster", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The authority of the cluster cannot be read: " + authority, e);
        }
    }

    /** What a node says of itself; empty when it does not answer. */
    Optional<JsonNode> node(String node) {
        return get(node, "/patroni").map(HttpResponse::body).map(JsonMapper.shared()::readTree);
    }

    /** How the cluster looks from a node; empty when it does not answer. */
    Optional<JsonNode> cluster(String node) {
        return get(node, "/cluster").map(HttpResponse::body).map(JsonMapper.shared()::readTree);
    }

    /** The node that answers as the one that writes. */
    Optional<String> primary() {
        return layout.nodes().keySet().parallelStream()
                .filter(node -> get(node, "/primary")
                        .filter(answer -> answer.statusCode() == 200)
                        .isPresent())
                .findFirst();
    }

    /** Standbys that stream. */
    long standbys() {
        return layout.nodes().keySet().parallelStream()
                .filter(node -> get(node, "/replica")
                        .filter(answer -> answer.statusCode() == 200)
                        .isPresent())
                .count();
    }

    private Optional<HttpResponse<String>> get(String node, String path) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://" + layout.host(node) + ":" + Layout.REST_PORT + path))
                .timeout(PATIENCE)
                .build();
        try {
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
