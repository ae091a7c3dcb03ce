package com.techcourse.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.testing.ApiAcademy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mail.MailSendException;
import org.springframework.mail.SimpleMailMessage;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** Letters go to a real mail server encrypted, to the server that it says it is, or not at all. */
class EncryptedMailTest {

    @TempDir
    private static Path folder;

    private static TestCertificate own;
    private static TestCertificate stranger;
    private static TestCertificate other;

    @BeforeAll
    static void makeCertificates() {
        own = TestCertificate.of(folder, "own", "dns:localhost,ip:127.0.0.1");
        stranger = TestCertificate.of(folder, "stranger", "dns:localhost,ip:127.0.0.1");
        other = TestCertificate.of(folder, "other", "dns:mail.example");
    }

    @Test
    void byStartTlsAndByTlsFromTheStart() {
        try (Server server = Server.startTls(own, 0)) {
            send("smtp://academy:s%65cret@localhost:" + server.port(), own);
            assertThat(server.letters()).singleElement().asString().contains("Hello");
            assertThat(server.passwords()).containsExactly("academy secret");
        }
        try (Server server = Server.tls(own, 0)) {
            send("smtps://academy:s%65cret@127.0.0.1:" + server.port(), own);
            assertThat(server.letters()).hasSize(1);
        }
    }

    @Test
    void neverInTheClearUnlessAskedFor() {
        try (Server server = Server.clear(0)) {
            assertThatThrownBy(() -> send("smtp://academy:secret@localhost:" + server.port(), own))
                    .isInstanceOf(MailSendException.class);
            assertThat(server.letters()).isEmpty();
            assertThat(server.passwords()).as("nor does it learn the password").isEmpty();
            send("smtp://academy:secret@localhost:" + server.port() + "?tls=none", own);
            assertThat(server.letters()).hasSize(1);
        }
    }

    @Test
    void notToAServerThatNobodyVouchesFor() {
        for (String scheme : List.of("smtp", "smtps")) {
            try (Server server = scheme.equals("smtp") ? Server.startTls(stranger, 0) : Server.tls(stranger, 0)) {
                String url = scheme + "://academy:secret@localhost:" + server.port();
                refused(() -> send(url, own));
                refused(() -> SmtpServer.at(url, "").send(letter()));
                assertThat(server.letters()).isEmpty();
                assertThat(server.passwords()).isEmpty();
            }
        }
    }

    @Test
    void notToAServerOfAnotherName() {
        for (String scheme : List.of("smtp", "smtps")) {
            try (Server server = scheme.equals("smtp") ? Server.startTls(other, 0) : Server.tls(other, 0)) {
                assertThatThrownBy(() -> send(scheme + "://academy:secret@localhost:" + server.port(), other))
                        .isInstanceOf(MailSendException.class);
                assertThat(server.letters()).isEmpty();
                assertThat(server.passwords()).isEmpty();
            }
        }
    }

    @Test
    void aFileWithoutCertificatesIsNamed() {
        assertThatThrownBy(() -> SmtpServer.at(
                        "smtps://localhost", folder.resolve("none").toString()))
                .isInstanceOf(DatabaseProblem.class);
    }

    @Test
    void aRefusedLetterIsKeptUntilTheRightServerAnswers() throws Exception {
        int port = freePort();
        try (ApiAcademy academy = ApiAcademy.start(Map.of(
                "techcourse.smtp-url",
                "smtp://academy:secret@localhost:" + port,
                "techcourse.smtp-ca",
                own.file().toString()))) {
            try (Server wrong = Server.startTls(stranger, port)) {
                assertThat(academy.visitor().post("/sign-ups", """
                        {"email": "early@example.org", "password": "a long enough secret", "display_name": "Early Bird"}
                        """).status()).isEqualTo(202);
                waitFor(academy, "tries > 0 and last_error is not null and sent_at is null and details <> '{}'");
                assertThat(wrong.letters()).isEmpty();
            }
            try (Server right = Server.startTls(own, port)) {
                academy.owner().execute("update identity.mails set next_try_at = clock_timestamp()");
                waitFor(academy, "sent_at is not null");
                assertThat(right.letters()).hasSize(1);
            }
        }
    }

    private static void refused(Runnable sending) {
        assertThatThrownBy(sending::run)
                .isInstanceOf(MailSendException.class)
                .satisfies(
                        refusal -> assertThat(chain(refusal)).hasAtLeastOneElementOfType(SSLHandshakeException.class));
    }

    private static List<Throwable> chain(Throwable refusal) {
        return java.util.stream.Stream.iterate(refusal, java.util.Objects::nonNull, Throwable::getCause)
                .toList();
    }

    private static void send(String url, TestCertificate trusted) {
        SmtpServer.at(url, trusted.file().toString()).send(letter());
    }

    private static SimpleMailMessage letter() {
        SimpleMailMessage letter = new SimpleMailMessage();
        letter.setFrom("academy@academy.example");
        letter.setTo("early@example.org");
        letter.setSubject("Letter");
        letter.setText("Hello");
        return letter;
    }

    private static void waitFor(ApiAcademy academy, String condition) throws InterruptedException {
        for (int n = 0; n < 300; n++) {
            if (!academy.owner()
                    .fetch("select from identity.mails where " + condition)
                    .isEmpty()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("No letter with " + condition);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A mail server that wants a password and keeps what it gets. */
    private record Server(SMTPServer running, List<String> letters, List<String> passwords) implements AutoCloseable {

        static Server startTls(TestCertificate certificate, int port) {
            return started(port, server -> server.requireTLS().startTlsSocketFactory(certificate.context()));
        }

        static Server tls(TestCertificate certificate, int port) {
            return started(port, server -> server.serverSocketFactory(certificate.context()));
        }

        static Server clear(int port) {
            return started(port, server -> server.enableTLS(false));
        }

        private static Server started(int port, UnaryOperator<SMTPServer.Builder> more) {
            List<String> letters = new CopyOnWriteArrayList<>();
            List<String> passwords = new CopyOnWriteArrayList<>();
            SMTPServer server = more.apply(SMTPServer.port(port)
                            .hostName("localhost")
                            .requireAuth()
                            .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory(
                                    (user, password, _) -> passwords.add(user + " " + password)))
                            .simpleMessageListener(keeping(letters)))
                    .build();
            server.start();
            return new Server(server, letters, passwords);
        }

        private static SimpleMessageListener keeping(List<String> letters) {
            return new SimpleMessageListener() {
                @Override
                public boolean accept(String from, String recipient) {
                    return true;
                }

                @Override
                public void deliver(String from, String recipient, InputStream letter) {
                    try {
                        letters.add(new String(letter.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
        }

        int port() {
            return running.getPortAllocated();
        }

        @Override
        public void close() {
            running.stop();
        }
    }
}
