package com.techcourse.platform.mail;

import com.techcourse.platform.postgres.DatabaseProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** The authorities of an operator, for a mail server whose certificate no public authority signed. */
final class TrustedAuthorities {

    private TrustedAuthorities() {}

    /** Trusts what these vouch for, and nothing else. */
    static SSLSocketFactory in(String file) {
        try (InputStream certificates = Files.newInputStream(Path.of(file))) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(certificates)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | InvalidPathException | GeneralSecurityException _) {
            throw new DatabaseProblem(
                    "The certificates of TECHCOURSE_SMTP_CA cannot be read: " + file + ".",
                    "Name a file of PEM certificates that the academy may read.");
        }
    }
}
