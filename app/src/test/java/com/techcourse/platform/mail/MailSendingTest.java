package com.techcourse.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.techcourse.testing.ApiAcademy;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Letters go out by a real mail server, wait while it is away, and say nothing any more once they are sent. */
class MailSendingTest {

    @Test
    void aLetterWaitsForTheServerAndIsForgottenOnceSent() throws Exception {
        int port = freePort();
        GreenMail server = server(port);
        String url = "smtp://academy:s%65cret@127.0.0.1:" + port + "?tls=none";
        try (ApiAcademy academy = ApiAcademy.start(Map.of(
                "techcourse.smtp-url", url,
                "techcourse.mail-from", "Academy <academy@academy.example>",
                "techcourse.public-url", "https://learn.example"))) {
            signUp(academy, "early@example.org");
            waitFor(academy, "tries > 0 and sent_at is null");
            assertThat(academy.visitor().get("//outbox").status()).isEqualTo(404);

            server.start();
            academy.owner().execute("update identity.mails set next_try_at = clock_timestamp()");
            assertThat(server.waitForIncomingEmail(30_000, 1)).isTrue();
            MimeMessage letter = server.getReceivedMessages()[0];
            assertThat(letter.getAllRecipients()[0]).hasToString("early@example.org");
            assertThat(letter.getMessageID()).matches("<[0-9a-f-]{36}@techcourse>");
            assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(com.icegreen.greenmail.util.GreenMailUtil.getBody(letter))
                    .contains("https://learn.example/verify/");
            waitFor(academy, "sent_at is not null and details = '{}'");
        } finally {
            server.stop();
        }
    }

    private static GreenMail server(int port) {
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("academy@academy.example", "academy", "secret");
        return server;
    }

    private static void signUp(ApiAcademy academy, String email) {
        var answer = academy.visitor().post("/sign-ups", """
                {"email": "%s", "password": "a long enough secret", "display_name": "Early Bird"}
                """.formatted(email));
        assertThat(answer.status()).isEqualTo(202);
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
}
