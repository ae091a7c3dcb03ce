package com.techcourse.platform.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate that signed itself, made by the keytool of this Java.
 *
 * @param file the certificate as PEM, for whoever trusts it
 */
record TestCertificate(SSLContext context, Path file) {

    private static final char[] PASSWORD = "not a secret".toCharArray();

    /** @param names such as {@code dns:localhost,ip:127.0.0.1} */
    static TestCertificate of(Path folder, String name, String names) {
        Path store = folder.resolve(name + ".p12");
        Path file = folder.resolve(name + ".pem");
        keytool(
                store,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + names,
                "-validity",
                "2");
        keytool(store, "-exportcert", "-rfc", "-file", file.toString());
        try (InputStream keys = Files.newInputStream(store)) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(keys, PASSWORD);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(own, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return new TestCertificate(context, file);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, String... what) {
        java.util.List<String> command = new java.util.ArrayList<>(java.util.List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(java.util.List.of(what));
        command.addAll(java.util.List.of(
                "-alias", "server", "-keystore", store.toString(), "-storepass", new String(PASSWORD)));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + process.exitValue());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
