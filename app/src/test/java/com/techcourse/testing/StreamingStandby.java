package com.techcourse.testing;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real standby of Debian's PostgreSQL, which follows a server of the same version on this machine. */
public final class StreamingStandby implements AutoCloseable {

    public static final Path INSTALLED = Path.of("/usr/lib/postgresql/15");

    private static final String REPLAY_NEEDED_IT = "40001";

    private final Path folder;
    private final DatabaseUrl superuser;
    private final int port;
    private Process server;

    private StreamingStandby(Path folder, DatabaseUrl superuser, int port) throws IOException {
        this.folder = folder;
        this.superuser = superuser;
        this.port = port;
        this.server = start();
    }

    public static boolean isInstalled() {
        return Files.isExecutable(INSTALLED.resolve("bin/pg_basebackup"));
    }

    /** Of the server of this superuser, who may replicate there. */
    public static StreamingStandby of(DatabaseUrl superuser) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("standby");
        ProcessBuilder backup = new ProcessBuilder(
                INSTALLED.resolve("bin/pg_basebackup").toString(),
                "--write-recovery-conf",
                "--wal-method=stream",
                "--checkpoint=fast",
                "--pgdata=" + folder.resolve("data"),
                "--host=" + superuser.host(),
                "--port=" + superuser.port(),
                "--username=" + superuser.user());
        backup.environment().put("PGPASSWORD", superuser.password());
        Process copying = backup.redirectErrorStream(true)
                .redirectOutput(folder.resolve("backup.log").toFile())
                .start();
        if (!copying.waitFor(60, TimeUnit.SECONDS) || copying.exitValue() != 0) {
            copying.destroyForcibly();
            throw new IOException(Files.readString(folder.resolve("backup.log")));
        }
        StreamingStandby standby = new StreamingStandby(folder, superuser, TechCourseProcess.freePort());
        standby.awaitOpen();
        return standby;
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U", "--"));
        }
        command.addAll(List.of(
                INSTALLED.resolve("bin/postgres").toString(),
                "-D",
                folder.resolve("data").toString()));
        for (String setting : List.of(
                "port=" + port,
                "fsync=off",
                "logging_collector=off",
                "max_standby_streaming_delay=100ms",
                "wal_receiver_status_interval=1s",
                "cluster_name=standby")) {
            command.addAll(List.of("-c", setting));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private void awaitOpen() {
        Eventually.isTrue("the standby answers", () -> {
            try (Sql sql = superuser()) {
                return Boolean.TRUE.equals(sql.one("select pg_is_in_recovery()"));
            } catch (Sql.Refused e) {
                return false;
            }
        });
    }

    public Sql superuser() {
        return Sql.connect(superuser.at("127.0.0.1", port));
    }

    /** Asked again where replay needed its rows at that moment, as it may any query of a standby. */
    public Object one(String question) {
        while (true) {
            try (Sql sql = superuser()) {
                return sql.one(question);
            } catch (Sql.Refused e) {
                if (!REPLAY_NEEDED_IT.equals(e.refusal().getSQLState())) {
                    throw e;
                }
            }
        }
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** {@code kill -9} of all of it. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        server.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    public void startAgain() throws IOException, InterruptedException {
        Files.deleteIfExists(folder.resolve("data/postmaster.pid"));
        Thread.sleep(200);
        server = start();
        awaitOpen();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        TemporaryFolders.delete(folder);
    }
}
