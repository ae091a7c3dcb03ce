package com.techcourse.platform.backup;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.programs.Installed;
import com.techcourse.platform.programs.PrivateFile;
import com.techcourse.platform.programs.Run;
import com.techcourse.platform.programs.SystemUser;
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
import java.util.Set;

/** A PostgreSQL on restored files, for as long as it takes to come to its moment and to be looked at. */
public final class TemporaryServer implements AutoCloseable {

    private static final long LOOK_MILLIS = 200;
    private static final int TOLD_LINES = 5;
    private static final String HOST = "127.0.0.1";

    /** Until it is consistent: a large archive takes its time. */
    private static final String LONGEST_SECONDS = "86400";

    /**
     * Nothing of the machine that was backed up: neither its memory, nor its certificates, nor who may come in. What is
     * looked at once and thrown away need not survive a crash, and nobody asks before it is whole.
     */
    private static final String ITS_OWN = """
            hba_file = '%1$s/pg_hba.conf'
            ident_file = '%1$s/pg_ident.conf'
            ssl = off
            max_connections = 20
            max_locks_per_transaction = 512
            hot_standby = off
            archive_mode = off
            fsync = off
            full_page_writes = off
            autovacuum = off
            jit = off
            lc_messages = 'C'
            """;

    /** Wrong password, no such role, no such database: it answers, and waiting changes nothing. */
    private static final Set<String> REFUSED = Set.of("28P01", "28000", "3D000");

    private final Path data;
    private final Path run;
    private final Path programs;
    private final DatabaseUrl url;

    private TemporaryServer(Path data, Path run, Path programs, DatabaseUrl url) {
        this.data = data;
        this.run = run;
        this.programs = programs;
        this.url = url;
    }

    /** On the machine that was backed up, set as there; it archives. */
    public static TemporaryServer asBefore(Path data, Path run, DatabaseUrl owner)
            throws IOException, InterruptedException {
        return started(data, run, owner.at(HOST, freePort()), "");
    }

    /** On any machine; it archives nothing, and takes one who has a password of the academy and comes from this machine. */
    static TemporaryServer onItsOwn(Path data, Path run, DatabaseUrl owner) throws IOException, InterruptedException {
        PrivateFile.write(run.resolve("pg_hba.conf"), "host all all " + HOST + "/32 scram-sha-256\n");
        PrivateFile.write(run.resolve("pg_ident.conf"), "");
        PrivateFile.write(run.resolve("postgresql.conf"), ITS_OWN.formatted(run));
        SystemUser.current().own(run);
        DatabaseUrl here = new DatabaseUrl(
                HOST, freePort(), owner.database(), owner.user(), owner.password(), Map.of("sslmode", "disable"));
        return started(data, run, here, " -c archive_mode=off -c ssl=off -c config_file=" + run + "/postgresql.conf");
    }

    /** Returns when it has come out of recovery. */
    private static TemporaryServer started(Path data, Path run, DatabaseUrl url, String options)
            throws IOException, InterruptedException {
        TemporaryServer server = new TemporaryServer(data, run, programs(data), url);
        Files.deleteIfExists(server.log());
        String all = "-c listen_addresses=" + HOST + " -c port=" + url.port() + " -c unix_socket_directories=" + run
                + " -c logging_collector=off -c synchronous_standby_names='' -c cluster_name=restored" + options;
        Run start = server.pgCtl(
                "start", "-w", "-t", LONGEST_SECONDS, "-l", server.log().toString(), "-o", all);
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

    /** Of the version that wrote the files; root may read what belongs to another. */
    private static Path programs(Path data) throws IOException {
        String major = Files.readString(data.resolve("PG_VERSION")).strip();
        return Installed.postgresql(major)
                .orElseThrow(() -> new CommandProblem(
                        "PostgreSQL " + major + " is not installed here.",
                        "As root: apt-get install postgresql-" + major));
    }

    public DatabaseUrl url() {
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
            if (REFUSED.contains(String.valueOf(e.getSQLState()))) {
                throw new CommandProblem(
                        "The restored PostgreSQL does not let the owner in: " + e.getMessage(),
                        "It has the password of that moment; name it in TECHCOURSE_DATABASE_URL.");
            }
            return true;
        }
    }

    private Run pgCtl(String action, String... arguments) {
        List<String> command = new ArrayList<>(SystemUser.current().as());
        command.addAll(List.of(programs.resolve("pg_ctl").toString(), action, "-D", data.toString()));
        command.addAll(List.of(arguments));
        return Run.with(Map.of("HOME", run.toString()), command);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        pgCtl("stop", "-m", "fast", "-t", "600");
    }
}
