package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL on restored files, for as long as it takes to come to its moment and to be looked at. */
final class TemporaryServer implements AutoCloseable {

    private static final long LOOK_MILLIS = 200;
    private static final int TOLD_LINES = 5;

    /** Until it is consistent: a large archive takes its time. */
    private static final String LONGEST_SECONDS = "86400";

    private final Path data;
    private final Path run;
    private final DatabaseUrl url;

    private TemporaryServer(Path data, Path run, DatabaseUrl url) {
        this.data = data;
        this.run = run;
        this.url = url;
    }

    /** Returns when it has come out of recovery; {@code archiving} as it was set, or not at all. */
    static TemporaryServer start(Path data, Path run, DatabaseUrl owner, boolean archiving)
            throws IOException, InterruptedException {
        int port = freePort();
        TemporaryServer server = new TemporaryServer(
                data,
                run,
                new DatabaseUrl("127.0.0.1", port, owner.database(), owner.user(), owner.password(), owner.params()));
        Files.deleteIfExists(server.log());
        Run start = server.pgCtl(
                "start",
                "-w",
                "-t",
                LONGEST_SECONDS,
                "-l",
                server.log().toString(),
                "-o",
                options(run, port, archiving));
        if (!start.succeeded()) {
            throw server.problem();
        }
        try {
            server.awaitEndOfRecovery();
            return server;
        } catch (RuntimeException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    private static String options(Path run, int port, boolean archiving) {
        return "-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories=" + run
                + " -c logging_collector=off -c synchronous_standby_names='' -c cluster_name=restored"
                + (archiving ? "" : " -c archive_mode=off");
    }

    DatabaseUrl url() {
        return url;
    }

    private Path log() {
        return run.resolve("restored.log");
    }

    private void awaitEndOfRecovery() throws IOException, InterruptedException {
        while (isRecovering()) {
            if (!pgCtl("status").succeeded()) {
                throw problem();
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private CommandProblem problem() throws IOException {
        String log = Files.exists(log()) ? Files.readString(log()) : "";
        if (log.contains("recovery ended before configured recovery target was reached")) {
            return new CommandProblem(
                    "The archive ends before that moment.",
                    "Name an earlier one, or none for everything; ./techcourse doctor says whether changes are archived.");
        }
        List<String> lines = log.lines().toList();
        return new CommandProblem(
                "PostgreSQL did not come to that moment: "
                        + String.join(" / ", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size())),
                "Name another moment.");
    }

    /** Also while nobody can sign in yet. */
    private boolean isRecovering() {
        try (Connection connection = url.withParam("connectTimeout", "2").connect();
                ResultSet row = connection.createStatement().executeQuery("select pg_is_in_recovery()")) {
            return !row.next() || row.getBoolean(1);
        } catch (SQLException e) {
            return true;
        }
    }

    private Run pgCtl(String action, String... arguments) {
        List<String> command = new ArrayList<>(SystemUser.current().as());
        command.addAll(List.of(
                Programs.postgresql().orElseThrow().resolve("pg_ctl").toString(), action, "-D", data.toString()));
        command.addAll(List.of(arguments));
        return Run.with(Map.of("HOME", run.toString()), command);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        pgCtl("stop", "-m", "fast", "-t", "600");
    }
}
