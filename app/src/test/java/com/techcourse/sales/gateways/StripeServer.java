package com.techcourse.sales.gateways;

import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program on this machine that answers as Stripe's reference tells: sessions, payments, refunds and disputes in their
 * documented shapes, errors, repeated keys, and faults on the way. Buyers, banks and the passing of time are played by
 * the tests.
 */
final class StripeServer implements AutoCloseable {

    static final String KEY = "sk_test_of_a_server_in_the_tests";
    static final String SECRET = "whsec_of_a_server_in_the_tests";

    /** What goes wrong with a request. */
    enum Fault {
        /** The work is done, the answer never comes. */
        ANSWER_LOST,
        STATUS_500,
        TOO_MANY,
        REFUSED
    }

    private record Told(int status, String body) {}

    private record Once(Map<String, String> parameters, Told answer) {}

    final StripeObjects objects = new StripeObjects();
    /** For requests of POST; the next one takes the first. */
    final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

    final AtomicInteger requests = new AtomicInteger();
    private final Map<String, Once> keys = new ConcurrentHashMap<>();
    private final HttpServer server;

    StripeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Of a web server that pays through this one. */
    Map<String, Object> settings() {
        return Map.of(
                "techcourse.stripe.key",
                KEY,
                "techcourse.stripe.webhook-secret",
                SECRET,
                "techcourse.stripe.url",
                url(),
                "techcourse.stripe.patience-millis",
                700);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean post = exchange.getRequestMethod().equals("POST");
        Map<String, String> parameters =
                form(post ? body : String.valueOf(exchange.getRequestURI().getRawQuery()));
        Fault fault = post ? faults.poll() : null;
        Told told = fault == Fault.STATUS_500
                ? error(500, "api_error", null)
                : fault == Fault.TOO_MANY
                        ? error(429, "invalid_request_error", "rate_limit")
                        : fault == Fault.REFUSED
                                ? error(400, "invalid_request_error", "amount_too_small")
                                : told(exchange, post, parameters);
        if (fault == Fault.ANSWER_LOST) {
            pause(1500);
        }
        byte[] bytes = told.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Request-Id", "req_" + requests.get());
        if (fault == Fault.STATUS_500) {
            exchange.getResponseHeaders().set("Stripe-Should-Retry", "false");
        }
        exchange.sendResponseHeaders(told.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Told told(HttpExchange exchange, boolean post, Map<String, String> parameters) {
        if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return error(401, "invalid_request_error", null);
        }
        String path = exchange.getRequestURI().getPath();
        if (!post) {
            return found(path, parameters);
        }
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key == null) {
            return error(400, "invalid_request_error", "no_key_in_a_test");
        }
        Once once = keys.computeIfAbsent(key, _ -> new Once(parameters, made(path, parameters)));
        return once.parameters().equals(parameters) ? once.answer() : error(400, "idempotency_error", null);
    }

    private Told made(String path, Map<String, String> parameters) {
        return switch (path) {
            case "/v1/checkout/sessions" -> of(objects.open(parameters));
            case "/v1/refunds" -> of(objects.giveBack(parameters));
            default -> error(404, "invalid_request_error", "resource_missing");
        };
    }

    private Told found(String path, Map<String, String> parameters) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        boolean whole = parameters.keySet().stream().anyMatch(name -> name.startsWith("expand"));
        return switch (path.substring(0, path.lastIndexOf('/'))) {
            case "/v1/checkout/sessions" -> of(objects.session(id, whole));
            case "/v1/payment_intents" -> of(objects.payment(id, whole));
            case "/v1/disputes" -> of(objects.disputes.get(id));
            case "/v1/refunds" -> of(objects.refunds.get(id));
            default -> of(objects.refundsOf(parameters.getOrDefault("payment_intent", "")));
        };
    }

    private static Told of(@Nullable ObjectNode object) {
        if (object == null) {
            return error(404, "invalid_request_error", "resource_missing");
        }
        return object.has("error") ? new Told(400, object.toString()) : new Told(200, object.toString());
    }

    private static Told error(int status, String type, @Nullable String code) {
        return new Told(status, StripeObjects.error(type, code).toString());
    }

    private static Map<String, String> form(String text) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An event as Stripe posts it: with the object as it was then. */
    static String event(String type, ObjectNode object) {
        return event("evt_" + UUID.randomUUID().toString().replace("-", ""), type, object);
    }

    static String event(String id, String type, ObjectNode object) {
        ObjectNode event = JsonMapper.shared().createObjectNode();
        event.put("id", id).put("object", "event").put("api_version", "2026-07-29.dahlia");
        event.put("created", System.currentTimeMillis() / 1000).put("livemode", false);
        event.put("pending_webhooks", 1).put("type", type);
        event.putObject("request").putNull("id").putNull("idempotency_key");
        event.putObject("data").set("object", object);
        return event.toString();
    }

    /** The header that makes a body believed, if it is signed at this moment. */
    static String signature(String body) {
        return signature(body, SECRET, System.currentTimeMillis() / 1000);
    }

    static String signature(String body, String secret, long at) {
        try {
            return Webhook.Signature.generateSignatureHeader(body, secret, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean holdsSecret(String text) {
        return Pattern.compile("sk_test_of|whsec_of").matcher(text).find();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
