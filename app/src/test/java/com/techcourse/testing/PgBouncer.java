package com.techcourse.testing;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real PgBouncer in transaction mode before one database, with few connections of the server for many clients. */
public final class PgBouncer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
    private static final String CONFIGURATION = """
            [databases]
            %s = host=%s port=%d user=%s password=%s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = %d
            max_client_conn = 200
            ignore_startup_parameters = extra_float_digits
            server_login_retry = 1
            server_connect_timeout = 3
            server_check_delay = 1
            stats_users = pooler_stats
            """;
    private static final int CONNECTIONS = 3;
    private static final String TLS = """
            client_tls_sslmode = allow
            client_tls_key_file = %s
            client_tls_cert_file = %s
            """;

    private final Path folder;
    private final int port;
    private Process process;

    private PgBouncer(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.process = start();
    }

    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    public static PgBouncer before(DatabaseUrl app) throws IOException {
        return before(app, CONNECTIONS);
    }

    public static PgBouncer before(DatabaseUrl app, int connections) throws IOException {
        return started(folder(), app, connections, "");
    }

    /** It speaks TLS, with a certificate for that many days. */
    public static PgBouncer withCertificate(DatabaseUrl app, int days) throws IOException, InterruptedException {
        Path folder = folder();
        Path key = folder.resolve("key.pem");
        Path certificate = folder.resolve("certificate.pem");
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-days",
                        Integer.toString(days),
                        "-subj",
                        "/CN=localhost",
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (openssl.waitFor() != 0) {
            throw new IOException("openssl ended with " + openssl.exitValue());
        }
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        return started(folder, app, CONNECTIONS, TLS.formatted(key, certificate));
    }

    private static Path folder() throws IOException {
        return Files.createTempDirectory(
                "pgbouncer", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    private static PgBouncer started(Path folder, DatabaseUrl app, int connections, String more) throws IOException {
        int port = TechCourseProcess.freePort();
        String configuration = CONFIGURATION.formatted(
                app.database(), app.host(), app.port(), app.user(), app.password(), port, connections);
        Files.writeString(folder.resolve("pgbouncer.ini"), configuration + more);
        PgBouncer pooler = new PgBouncer(folder, port);
        pooler.awaitOpen();
        return pooler;
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        }
        command.addAll(
                List.of(PROGRAM.toString(), folder.resolve("pgbouncer.ini").toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private void awaitOpen() {
        Eventually.isTrue("PgBouncer listens", () -> {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Its console, for {@code TECHCOURSE_POOLER_ADMIN}. */
    public String console() {
        return "postgres://pooler_stats:unasked@" + address() + "/pgbouncer";
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public void startAgain() throws IOException {
        process = start();
        awaitOpen();
    }

    @Override
    public void close() throws InterruptedException, IOException {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        }
    }
}
