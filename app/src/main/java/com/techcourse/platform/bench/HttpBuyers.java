package com.techcourse.platform.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Buyers over HTTP/1.1, one connection each, written on plain sockets: on a machine of two cores a convenient client
 * would cost as much as the server that is measured.
 */
final class HttpBuyers {

    private static final Pattern ORDER = Pattern.compile("\"id\":\\s?\"([0-9a-f-]{36})\"");
    private static final String PAY = "{\"card\": \"4242424242424242\", \"return_url\": \"/my-learning\"}";

    private static final String CSRF = "0b8a7c2e-5d1f-4c3b-9a76-1f2e3d4c5b6a";

    private final int port;
    private final String wish;

    HttpBuyers(int port, String wish) {
        this.port = port;
        this.wish = wish;
    }

    /** Purchases in a second, of so many clients for so long; client {@code c} buys for students c * 100000 + first + 1 .. */
    double perSecond(int clients, int seconds, int first) {
        AtomicLong bought = new AtomicLong();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            int base = client * 100_000 + first;
            threads.add(Thread.ofPlatform().start(() -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setTcpNoDelay(true);
                    InputStream in = new BufferedInputStream(socket.getInputStream(), 16_384);
                    for (int n = base + 1; System.nanoTime() < end; n++) {
                        buy(socket, in, n);
                        bought.incrementAndGet();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        threads.forEach(HttpBuyers::join);
        return (double) bought.get() / seconds;
    }

    private void buy(Socket socket, InputStream in, int student) throws IOException {
        String order = post(socket, in, "/api/v1/orders", student, "bench-order-" + student, wish);
        Matcher id = ORDER.matcher(order);
        if (!id.find()) {
            throw new IOException("No order: " + order);
        }
        String payment =
                post(socket, in, "/api/v1/orders/" + id.group(1) + "/payments", student, "bench-pay-" + student, PAY);
        if (!payment.contains("captured")) {
            throw new IOException("Not paid: " + payment);
        }
    }

    private String post(Socket socket, InputStream in, String path, int student, String key, String body)
            throws IOException {
        String request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Cookie: techcourse_session=" + "bench-session-%029d".formatted(student) + "; techcourse_csrf=" + CSRF
                + "\r\n"
                + "X-CSRF-Token: " + CSRF + "\r\nIdempotency-Key: " + key + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n"
                + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line(in);
        int length = -1;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        String answer = chunked ? chunks(in) : text(in, length);
        if (!status.contains(" 201")) {
            throw new IOException(status + " " + answer);
        }
        return answer;
    }

    private static String chunks(InputStream in) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            all.append(text(in, size));
            line(in);
        }
        line(in);
        return all.toString();
    }

    private static String text(InputStream in, int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("The server hung up.");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
