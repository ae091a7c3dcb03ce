package com.techcourse.platform.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A buyer's connection over HTTP/1.1, written on a plain socket: on a machine of two cores a convenient client would cost
 * as much as the server that is measured.
 */
final class BuyerConnection implements AutoCloseable {

    private static final Pattern ORDER = Pattern.compile("\"id\":\\s?\"([0-9a-f-]{36})\"");
    private static final String PAY = "{\"card\": \"4242424242424242\", \"return_url\": \"/my-learning\"}";
    private static final String CSRF = "0b8a7c2e-5d1f-4c3b-9a76-1f2e3d4c5b6a";

    private final Socket socket;
    private final InputStream in;

    BuyerConnection(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 16_384);
    }

    private record Answer(int status, String body) {

        String created() throws IOException {
            if (status != 201) {
                throw new IOException(status + " " + body);
            }
            return body;
        }
    }

    /** Orders and pays. */
    void buy(int student, String wish) throws IOException {
        String order =
                post("/api/v1/orders", student, "bench-order-" + student, wish).created();
        Matcher id = ORDER.matcher(order);
        if (!id.find()) {
            throw new IOException("No order: " + order);
        }
        String payment = post("/api/v1/orders/" + id.group(1) + "/payments", student, "bench-pay-" + student, PAY)
                .created();
        if (!payment.contains("captured")) {
            throw new IOException("Not paid: " + payment);
        }
    }

    /** Whether the order was placed; not when it was refused with 409. */
    boolean order(int student, String wish) throws IOException {
        Answer answer = post("/api/v1/orders", student, "bench-order-" + student, wish);
        if (answer.status() != 409) {
            answer.created();
        }
        return answer.status() != 409;
    }

    private Answer post(String path, int student, String key, String body) throws IOException {
        String request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Cookie: techcourse_session=" + "bench-session-%029d".formatted(student) + "; techcourse_csrf=" + CSRF
                + "\r\n"
                + "X-CSRF-Token: " + CSRF + "\r\nIdempotency-Key: " + key + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n"
                + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        int status = Integer.parseInt(line(in).substring(9, 12));
        int length = -1;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        return new Answer(status, chunked ? chunks(in) : text(in, length));
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
