package com.techcourse.platform.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** A receiver of the academy's webhooks, outside of the cluster: which payments it was told of. */
final class Receiver implements AutoCloseable {

    private static final int CREATED = 201;
    private static final int DONE = 204;

    private final Set<String> payments = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final Requests requests;
    private final String admin;
    private String webhook = "";

    /** @param admin a session of somebody who may add receivers */
    Receiver(Requests requests, String admin) {
        this.requests = requests;
        this.admin = admin;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("No port for the receiver of webhooks", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** Says whether the academy agreed: it sends to this machine only when its operator allows that. */
    boolean subscribe() throws InterruptedException {
        String wish = "{\"url\": \"http://localhost:" + server.getAddress().getPort()
                + "/\", \"description\": \"Drill\", \"topics\": [\"order.paid.v1\"]}";
        try {
            HttpResponse<String> answer = client.send(
                    requests.as(admin, "POST", "/webhooks", wish).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == CREATED) {
                webhook = JsonMapper.shared()
                        .readTree(answer.body())
                        .path("webhook")
                        .path("id")
                        .asString("");
            }
            return answer.statusCode() == CREATED;
        } catch (IOException e) {
            throw new UncheckedIOException("The academy does not answer", e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            payments.add(JsonMapper.shared()
                    .readTree(exchange.getRequestBody())
                    .path("data")
                    .path("payment_id")
                    .asString(""));
            exchange.sendResponseHeaders(DONE, -1);
        }
    }

    /** Each may have been told more than once. */
    Set<String> payments() {
        return Set.copyOf(payments);
    }

    @Override
    public void close() {
        try {
            if (!webhook.isEmpty()) {
                client.send(
                        requests.as(admin, "DELETE", "/webhooks/" + webhook, "").build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        } catch (IOException e) {
            // it is switched off by itself when nobody answers for days
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.stop(0);
            threads.close();
            client.close();
        }
    }
}
