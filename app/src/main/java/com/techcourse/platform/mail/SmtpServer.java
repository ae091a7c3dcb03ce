package com.techcourse.platform.mail;

import com.techcourse.platform.postgres.DatabaseProblem;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** A mail server by its address: {@code smtp://user:password@host:587} (with STARTTLS), or {@code smtps://..:465}. */
final class SmtpServer {

    private static final String PATIENCE_MILLIS = "10000";

    private SmtpServer() {}

    /**
     * Encrypted, with a certificate for this host name, or not at all; {@code smtp://host:25?tls=none} sends in the clear,
     * for a mail server on the same machine.
     *
     * @param authorities file of the certificates (PEM) that vouch for the server; empty: those that Java trusts
     */
    static JavaMailSenderImpl at(String url, String authorities) {
        URI address = parsed(url);
        boolean implicit = "smtps".equals(address.getScheme());
        boolean clear = "tls=none".equals(address.getQuery());
        JavaMailSenderImpl server = new JavaMailSenderImpl();
        server.setProtocol(implicit ? "smtps" : "smtp");
        server.setHost(address.getHost());
        server.setPort(address.getPort() > 0 ? address.getPort() : implicit ? 465 : 587);
        server.setDefaultEncoding("UTF-8");
        String[] user = address.getRawUserInfo() == null
                ? new String[0]
                : address.getRawUserInfo().split(":", 2);
        if (user.length == 2) {
            server.setUsername(URLDecoder.decode(user[0], StandardCharsets.UTF_8));
            server.setPassword(URLDecoder.decode(user[1], StandardCharsets.UTF_8));
        }
        String protocol = implicit ? "smtps" : "smtp";
        settings(server.getJavaMailProperties(), protocol, user.length == 2, !implicit && !clear);
        if (!authorities.isEmpty()) {
            server.getJavaMailProperties()
                    .put("mail." + protocol + ".ssl.socketFactory", TrustedAuthorities.in(authorities));
        }
        return server;
    }

    private static void settings(Properties settings, String protocol, boolean signIn, boolean startTls) {
        String prefix = "mail." + protocol + ".";
        settings.put(prefix + "auth", Boolean.toString(signIn));
        settings.put(prefix + "starttls.enable", Boolean.toString(startTls));
        settings.put(prefix + "starttls.required", Boolean.toString(startTls));
        settings.put(prefix + "ssl.checkserveridentity", "true");
        settings.put(prefix + "connectiontimeout", PATIENCE_MILLIS);
        settings.put(prefix + "timeout", PATIENCE_MILLIS);
        settings.put(prefix + "writetimeout", PATIENCE_MILLIS);
    }

    private static URI parsed(String url) {
        URI address = URI.create(url);
        if (address.getHost() == null || !url.matches("smtps?://.*")) {
            throw new DatabaseProblem(
                    "TECHCOURSE_SMTP_URL is not the address of a mail server.",
                    "Write it as smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465.");
        }
        return address;
    }
}
