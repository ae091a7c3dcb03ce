package com.techcourse.platform.webhooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST over a connection of its own (HTTP/1.1, RFC 9112), of which only the status of the answer is read.
 * Redirects are not followed. However slowly the other side reads or answers, it ends in time.
 */
final class Post {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])(?: .*)?");
    private static final int LONGEST_LINE = 8192;

    private final Destination destination;
    private final Duration patience;

    Post(Destination destination, Duration patience) {
        this.destination = destination;
        this.patience = patience;
    }

    /** The status of the answer. */
    int send(Map<String, String> headers, byte[] body) throws IOException {
        try (Socket plain = new Socket()) {
            Thread watch = Thread.ofVirtual().name("patience").start(() -> closeLate(plain));
            try {
                int millis = Math.toIntExact(patience.toMillis());
                plain.connect(new InetSocketAddress(destination.address(), destination.port()), millis);
                plain.setSoTimeout(millis);
                return exchange(destination.encrypted() ? encrypted(plain) : plain, headers, body);
            } finally {
                watch.interrupt();
            }
        }
    }

    private void closeLate(Socket socket) {
        try {
            Thread.sleep(patience);
            socket.close();
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The certificate must be that of the name, not of the address. */
    private Socket encrypted(Socket plain) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket =
                (SSLSocket) factory.createSocket(plain, destination.uri().getHost(), destination.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private int exchange(Socket socket, Map<String, String> headers, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder("POST " + destination.pathAndQuery() + " HTTP/1.1\r\n");
        head.append("Host: ").append(destination.host()).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
        OutputStream out = socket.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return status(socket.getInputStream());
    }

    /** Interim answers (1xx) are passed over. */
    private static int status(InputStream in) throws IOException {
        while (true) {
            Matcher line = STATUS_LINE.matcher(line(in));
            if (!line.matches()) {
                throw new IOException("The answer is not HTTP.");
            }
            int status = Integer.parseInt(line.group(1));
            if (status >= 200) {
                return status;
            }
            while (!line(in).isEmpty()) {
                // a header of the interim answer
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n' && line.size() < LONGEST_LINE) {
            line.write(next);
            next = in.read();
        }
        if (next < 0) {
            throw new IOException("The connection ended before the answer.");
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
