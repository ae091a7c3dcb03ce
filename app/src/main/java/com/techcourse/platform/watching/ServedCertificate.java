package com.techcourse.platform.watching;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * How long the certificate of the database or of PgBouncer is good: read from the beginning of a connection, in which
 * nobody signs in and nothing is said.
 *
 * @param of {@code database} or {@code pooler}
 */
record ServedCertificate(String of, String host, int port) {

    static final String LEFT = "techcourse_certificate_left_seconds";

    private static final int PATIENCE_MILLIS = 3000;

    /** "May we speak TLS?", in the protocol of PostgreSQL, which PgBouncer speaks too. */
    private static final byte[] MAY_WE_SPEAK_TLS = {0, 0, 0, 8, 4, (byte) 0xD2, 0x16, 0x2F};

    /** Each host that the address names. */
    static List<ServedCertificate> of(String of, DatabaseUrl url) {
        return Arrays.stream(url.host().split(","))
                .map(host -> {
                    int colon = host.lastIndexOf(':');
                    boolean hasPort = url.host().indexOf(',') >= 0 && colon > host.lastIndexOf(']');
                    return new ServedCertificate(
                            of,
                            hasPort ? host.substring(0, colon) : host,
                            hasPort ? Integer.parseInt(host.substring(colon + 1)) : url.port());
                })
                .toList();
    }

    static Map<String, String> help() {
        return Map.of(LEFT, "How long the certificate of the database (by its address) or of PgBouncer is good.");
    }

    /** Empty where it speaks no TLS. The earliest end counts of all that were sent. */
    Optional<Reading> ask(Instant now) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            plain.getOutputStream().write(MAY_WE_SPEAK_TLS);
            if (new DataInputStream(plain.getInputStream()).readByte() != 'S') {
                return Optional.empty();
            }
            try (SSLSocket secured = (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true)) {
                secured.startHandshake();
                return Arrays.stream(secured.getSession().getPeerCertificates())
                        .map(ServedCertificate::end)
                        .min(Comparator.naturalOrder())
                        .map(end -> new Reading(
                                LEFT,
                                Map.of("of", of, "server", host + ":" + port),
                                end.getEpochSecond() - now.getEpochSecond()));
            }
        }
    }

    private static Instant end(Certificate certificate) {
        return ((X509Certificate) certificate).getNotAfter().toInstant();
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS.", e);
        }
    }

    /** Nothing is sent by this connection: also the end of a certificate that nobody trusts is told. */
    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
