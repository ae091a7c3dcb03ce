package com.techcourse.platform.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** As much of S3 as a store of files needs, in memory; it can refuse, and lose its line. */
final class LocalS3 implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final AtomicBoolean cutting = new AtomicBoolean();
    private final AtomicBoolean cuttingAnswers = new AtomicBoolean();

    private LocalS3(HttpServer server) {
        this.server = server;
    }

    static LocalS3 start() throws IOException {
        LocalS3 s3 = new LocalS3(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
        s3.server.createContext("/", s3::answer);
        s3.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        s3.server.start();
        return s3;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What each request showed as its signature. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    void refuseAll() {
        refusing.set(true);
    }

    void cutNext() {
        cutting.set(true);
    }

    void cutWhileAnswering() {
        cuttingAnswers.set(true);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (cutting.getAndSet(false)) {
            exchange.close();
            return;
        }
        if (refusing.get()) {
            reply(exchange, 403, "<Error><Code>AccessDenied</Code></Error>".getBytes(StandardCharsets.UTF_8));
            return;
        }
        String key = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                objects.put(key, body);
                reply(exchange, 200, new byte[0]);
            }
            case "DELETE" -> {
                objects.remove(key);
                reply(exchange, 204, new byte[0]);
            }
            default -> get(exchange, objects.get(key));
        }
    }

    private void get(HttpExchange exchange, byte @Nullable [] object) throws IOException {
        if (object == null) {
            reply(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8));
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        byte[] wanted = object;
        if (range != null) {
            String[] ends = range.replace("bytes=", "").split("-");
            wanted = Arrays.copyOfRange(object, Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
        }
        if (cuttingAnswers.get() && exchange.getRequestMethod().equals("GET")) {
            exchange.sendResponseHeaders(206, wanted.length);
            exchange.getResponseBody().write(wanted, 0, wanted.length / 2);
            exchange.getResponseBody().flush();
            exchange.close();
            return;
        }
        reply(exchange, range == null ? 200 : 206, wanted);
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || status == 204;
        exchange.sendResponseHeaders(status, bodiless || body.length == 0 ? -1 : body.length);
        if (!bodiless && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
