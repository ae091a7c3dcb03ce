package com.techcourse.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The PostgreSQL that ships with the jar, running on one data folder for as long as this object is open. Durable
 * (fsync, checksums) and private (loopback, scram passwords made for this folder). Either this process started it, or
 * it uses the one that another TechCourse process runs on the folder.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private final Passwords passwords;
    private final int port;
    private final Lease lease;

    EmbeddedPostgres(Passwords passwords, int port, Lease lease) {
        this.passwords = passwords;
        this.port = port;
        this.lease = lease;
    }

    /** Starts it; refuses a folder that another process uses. */
    public static EmbeddedPostgres start(Path dataFolder, Consumer<String> progress) {
        return start(dataFolder, "techcourse", progress, ServerOptions.NONE);
    }

    /**
     * Starts it for {@code who}, the words by which others are told who runs here; for the lasting server of an
     * academy. Waits for a short command that has the folder, refuses when another lasting one has it.
     */
    public static EmbeddedPostgres start(
            Path dataFolder, String who, Consumer<String> progress, ServerOptions options) {
        return new Opening(DataFolder.opened(dataFolder), who, true, progress, options).open();
    }

    /** Joins the server that runs on the folder, or starts one for as long as this command and those that join need. */
    public static EmbeddedPostgres joinOrStart(Path dataFolder, String who, Consumer<String> progress) {
        return new Opening(DataFolder.opened(dataFolder), who, false, progress, ServerOptions.NONE).open();
    }

    /** Says who uses the folder, if an academy runs on it; starts and waits for nothing. */
    public static void refuseInUse(Path dataFolder) {
        new Opening(DataFolder.opened(dataFolder), "", true, message -> {}, ServerOptions.NONE).refuseInUse();
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

    /** For backups, tests and repairs; the academy itself never signs in as it. */
    public DatabaseUrl superuser() {
        return as(Passwords.SUPERUSER);
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
            throw DatabaseProblem.of(owner(), e);
        }
    }

    @Override
    public void close() {
        try {
            lease.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is given back at the end: a server of our own with its locks, or our place among the users of another's. */
    record Lease(DataFolder folder, Optional<OwnServer> server, FolderLock lock, boolean lasting) {

        void end() throws IOException, InterruptedException {
            if (server.isPresent()) {
                Optional<FolderLock> alone = lasting ? Optional.empty() : alone();
                server.get().close();
                if (alone.isPresent()) {
                    alone.get().close();
                }
            }
            lock.close();
        }

        /** A command that started the server stops it only when nobody else uses it any more. */
        private Optional<FolderLock> alone() throws IOException, InterruptedException {
            while (true) {
                Optional<FolderLock> alone = FolderLock.exclusive(folder.users(), "");
                if (alone.isPresent()) {
                    return alone;
                }
                Thread.sleep(50);
            }
        }
    }
}
