package com.techcourse.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The PostgreSQL that ships with the jar, running on one data folder for as long as this object is open. Durable
 * (fsync, checksums) and private (loopback, scram passwords made for this folder).
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final int START_ATTEMPTS = 5;

    private final Passwords passwords;
    private final ServerProcess server;
    private final int port;

    private EmbeddedPostgres(Passwords passwords, ServerProcess server, int port) {
        this.passwords = passwords;
        this.server = server;
        this.port = port;
    }

    public static EmbeddedPostgres start(Path dataFolder, Consumer<String> progress) {
        return start(dataFolder, progress, Map.of());
    }

    /** With settings that win over all others; for tests that may trade durability for speed. */
    public static EmbeddedPostgres start(Path dataFolder, Consumer<String> progress, Map<String, String> settings) {
        Unprivileged.refuseIfImpossible();
        DataFolder folder = DataFolder.opened(dataFolder);
        try {
            folder.refuseOtherMajor();
            Binaries binaries = Binaries.unpackedIn(cache(), progress);
            Passwords passwords = Passwords.in(folder.passwords());
            ServerProcess.stopStray(folder.cluster());
            new Cluster(folder, binaries, passwords).createIfMissing(progress);
            progress.accept("Starting PostgreSQL " + Binaries.MAJOR);
            return startOnFreePort(folder, binaries, passwords, settings);
        } catch (ServerStartFailed e) {
            throw problem(folder, e);
        } catch (IOException e) {
            throw new DatabaseProblem(
                    "PostgreSQL could not be started on " + folder.path() + ": " + e.getMessage(),
                    "See the files in " + folder.log() + ".",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseProblem("The start of PostgreSQL was interrupted.", "Start it again.", e);
        }
    }

    private static DatabaseProblem problem(DataFolder folder, ServerStartFailed failure) {
        if (failure.diskFull()) {
            return new DatabaseProblem(
                    "The disk of the data folder " + folder.path() + " is full.",
                    "Free some space and start again. Nothing that was reported as done is lost.",
                    failure);
        }
        return new DatabaseProblem(
                "PostgreSQL did not start on " + folder.path() + ": " + failure.output(),
                "See the files in " + folder.log() + ".",
                failure);
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return base.resolve("techcourse");
    }

    private static EmbeddedPostgres startOnFreePort(
            DataFolder folder, Binaries binaries, Passwords passwords, Map<String, String> settings)
            throws IOException, InterruptedException {
        List<String> extra = settings.entrySet().stream()
                .flatMap(entry -> List.of("-c", entry.getKey() + "=" + entry.getValue()).stream())
                .toList();
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            Files.createDirectories(folder.log());
            Settings.forThisMachine().writeTo(folder.cluster(), port, folder.log());
            ServerProcess server =
                    ServerProcess.start(binaries, folder.cluster(), folder.log().resolve("start.log"), extra);
            try {
                server.awaitReady();
                return new EmbeddedPostgres(passwords, server, port);
            } catch (ServerStartFailed e) {
                if (!e.addressInUse() || attempt == START_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Below the range from which systems take ports for outgoing connections. */
    private static int freePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(15_432, 25_432);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: try the next
            }
        }
        throw new DatabaseProblem(
                "No free port was found between 15432 and 25432.", "End a program that listens there.");
    }

    public int port() {
        return port;
    }

    /** Signs in as the owner, who migrates. */
    public DatabaseUrl owner() {
        return as(Passwords.OWNER);
    }

    /** Signs in as the application, which owns nothing. */
    public DatabaseUrl app() {
        return as("techcourse_app");
    }

    /** Signs in as a persona for psql and BI tools: accountant, marketing, auditor or analyst. */
    public DatabaseUrl persona(String role) {
        return as(role);
    }

    private DatabaseUrl as(String role) {
        return new DatabaseUrl("127.0.0.1", port, Cluster.DATABASE, role, passwords.of(role), Map.of());
    }

    /** After a migration has made the roles: they get the passwords of this data folder. */
    public void givePasswords() {
        try (Connection connection = owner().connect();
                Statement statement = connection.createStatement()) {
            for (String role : Passwords.ROLES) {
                statement.execute("alter role " + role + " password '" + passwords.of(role) + "'");
            }
        } catch (SQLException e) {
            throw new DatabaseProblem(
                    "The database roles could not get their passwords: " + e.getMessage(), "Start again.", e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
