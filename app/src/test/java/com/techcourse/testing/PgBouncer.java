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
            default_pool_size = 3
            max_client_conn = 200
            ignore_startup_parameters = extra_float_digits
            server_login_retry = 1
            server_connect_timeout = 3
            server_check_delay = 1
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

    public static PgBouncer before(DatabaseUrl app) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(
                "pgbouncer", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        int port = TechCourseProcess.freePort();
        Files.writeString(
                folder.resolve("pgbouncer.ini"),
                CONFIGURATION.formatted(app.database(), app.host(), app.port(), app.user(), app.password(), port));
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
