package com.techcourse.platform.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The files of a new server: made in a temporary folder with the owner role and the database already in them, then
 * renamed. So a cluster is whole or absent, whenever the power goes.
 */
record Cluster(DataFolder folder, Binaries binaries, Passwords passwords) {

    static final String DATABASE = "techcourse";

    void createIfMissing(Consumer<String> progress) throws IOException, InterruptedException {
        if (Files.exists(folder.cluster().resolve("PG_VERSION"))) {
            return;
        }
        if (Files.exists(folder.restored())) {
            throw new DatabaseProblem(
                    "A restoration of " + folder.path() + " was broken off at its last step.",
                    "Run ./techcourse restore again; what was there before is kept.");
        }
        progress.accept("Creating a new database in " + folder.path());
        Path temporary = folder.path().resolve("postgresql.new");
        Binaries.delete(temporary);
        initialise(temporary);
        createOwnerAndDatabase(temporary);
        Files.move(temporary, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void initialise(Path cluster) throws IOException, InterruptedException {
        Files.createDirectory(cluster);
        Path passwordFile = Files.createTempFile(folder.path(), "initdb", ".password");
        try {
            Files.writeString(passwordFile, passwords.of(Passwords.SUPERUSER));
            run(initdb(cluster, passwordFile), "");
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** PostgreSQL 17 brought the built-in locale that sorts the same on every system; before, C sorts by bytes. */
    private List<String> initdb(Path cluster, Path passwordFile) {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + cluster,
                "--username=" + Passwords.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--data-checksums"));
        command.addAll(
                binaries.major() >= 17
                        ? List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
                        : List.of("--locale=C.UTF-8"));
        return command;
    }

    /** In single-user mode, so that no server listens before everything is in place. */
    private void createOwnerAndDatabase(Path cluster) throws IOException, InterruptedException {
        run(
                List.of(
                        binaries.program("postgres").toString(),
                        "--single",
                        "-D",
                        cluster.toString(),
                        "-c",
                        "log_min_messages=error",
                        "-c",
                        "exit_on_error=on",
                        "postgres"),
                """
                create role techcourse_owner login createrole password '%s'
                create database techcourse owner techcourse_owner
                """.formatted(passwords.of(Passwords.OWNER)));
    }

    private void run(List<String> command, String input) throws IOException, InterruptedException {
        Path output = folder.path().resolve("initdb.log");
        Process process = new ProcessBuilder(Unprivileged.command(command))
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it ended before it read; its exit code tells
        }
        if (process.waitFor() != 0) {
            throw new ServerStartFailed(Files.readString(output).strip());
        }
        Files.deleteIfExists(output);
    }
}
