package com.techcourse.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Receivers that behave badly: whatever they do, a post ends in its time and takes next to no memory. */
class PostTest {

    private static final Duration PATIENCE = Duration.ofMillis(700);
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    /** What a receiver does with a connection whose request it has begun to read. */
    private interface Answer {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    private static int posted(Answer answer, AtomicInteger connections, byte[] body) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server, answer, connections));
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/events");
            return new Post(Destination.of(uri, true), PATIENCE).send(Map.of("webhook-id", "1"), body);
        }
    }

    private static int posted(Answer answer) throws Exception {
        return posted(answer, new AtomicInteger(), BODY);
    }

    private static void serve(ServerSocket server, Answer answer, AtomicInteger connections) {
        try {
            while (true) {
                try (Socket socket = server.accept();
                        InputStream in = socket.getInputStream()) {
                    connections.incrementAndGet();
                    readSmall(in);
                    answer.to(socket.getOutputStream());
                }
            }
        } catch (IOException e) {
            // the test is over
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The head and a small body; of a large one only what comes first. */
    private static void readSmall(InputStream in) throws IOException {
        int read = 0;
        int last = 0;
        while (last != '}' && read++ < 4096) {
            last = in.read();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        assertThat(posted(
                        out -> write(out, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n"),
                        connections,
                        BODY))
                .isEqualTo(302);
        assertThat(connections).hasValue(1);
    }

    @Test
    void theRestOfAHugeAnswerIsNotRead() throws Exception {
        assertThat(posted(out -> {
                    write(out, "HTTP/1.1 200 OK\r\n\r\n");
                    byte[] block = new byte[1 << 20];
                    while (true) {
                        out.write(block);
                    }
                }))
                .isEqualTo(200);
    }

    @Test
    void anEndlessLineIsNoAnswer() {
        assertThatThrownBy(() -> posted(out -> {
                    byte[] block = new byte[1 << 16];
                    while (true) {
                        out.write(block);
                    }
                }))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whoeverNeverAnswersOrDripsIsLeft() {
        assertThatThrownBy(() -> posted(_ -> Thread.sleep(60_000))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> posted(out -> {
                    while (true) {
                        write(out, "H");
                        Thread.sleep(50);
                    }
                }))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> posted(out -> {
                    while (true) {
                        write(out, "HTTP/1.1 103 Early Hints\r\n\r\n");
                    }
                }))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whoeverDoesNotReadIsLeft() {
        assertThatThrownBy(() -> posted(_ -> Thread.sleep(60_000), new AtomicInteger(), new byte[64 << 20]))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoHttpIsNoAnswer() {
        assertThatThrownBy(() -> posted(out -> write(out, "SSH-2.0-OpenSSH_9.9\r\n")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> posted(_ -> {})).isInstanceOf(IOException.class);
    }

    /** Nothing that we were told to send becomes a further header. */
    @Test
    void anAddressWithALineBreakIsNone() {
        assertThatThrownBy(() -> URI.create("http://127.0.0.1/a\r\nX-Evil: 1"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
