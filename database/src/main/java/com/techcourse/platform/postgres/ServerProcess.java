package com.techcourse.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One running postgres. A shell stands between: it holds the other end of our pipe and stops the server as soon as the
 * pipe closes, so the server never outlives this Java process, even one killed with -9. {@code setsid} keeps the Ctrl-C
 * of a terminal away from it: the application stops first, the server last.
 */
final class ServerProcess {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /** Arguments: the command of postgres. INT is PostgreSQL's fast shutdown. */
    private static final String WATCHDOG = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            ( cat <&3 >/dev/null; kill -INT $server 2>/dev/null ) &
            watch=$!
            exec 3<&-
            wait $server
            code=$?
            kill $watch 2>/dev/null
            exit $code
            """;

    private final Process watchdog;
    private final Path cluster;
    private final Path output;
    private final Optional<PostmasterFile> before;

    private ServerProcess(Process watchdog, Path cluster, Path output, Optional<PostmasterFile> before) {
        this.before = before;
        this.watchdog = watchdog;
        this.cluster = cluster;
        this.output = output;
    }

    static ServerProcess start(Binaries binaries, Path cluster, Path output, List<String> extra) throws IOException {
        List<String> postgres =
                new ArrayList<>(List.of(binaries.program("postgres").toString(), "-D", cluster.toString()));
        postgres.addAll(extra);
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", WATCHDOG, "techcourse-postgres"));
        command.addAll(Unprivileged.command(postgres));
        Files.deleteIfExists(output);
        Optional<PostmasterFile> before = PostmasterFile.in(cluster);
        Process watchdog = new ProcessBuilder(command)
                .directory(cluster.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new ServerProcess(watchdog, cluster, output, before);
    }

    /** Waits until postgres says that it is ready; recovery after a crash may take a while, a restoration much longer. */
    void awaitReady(Optional<Duration> patience) throws IOException, InterruptedException {
        Instant begin = Instant.now();
        while (!isReady()) {
            if (watchdog.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new ServerStartFailed(output());
            }
            if (patience.filter(limit -> Instant.now().isAfter(begin.plus(limit)))
                    .isPresent()) {
                stop();
                throw new ServerStartFailed("not ready in time; " + output());
            }
        }
    }

    /** Not fooled by the file that a killed server left. */
    private boolean isReady() throws IOException {
        return PostmasterFile.in(cluster)
                .filter(PostmasterFile::ready)
                .filter(now -> before.stream().noneMatch(now::isOfTheSameServer))
                .isPresent();
    }

    private String output() throws IOException {
        return Files.exists(output) ? Files.readString(output).strip() : "";
    }

    void awaitEnd() throws InterruptedException {
        watchdog.waitFor();
    }

    /** Closes the pipe; the watchdog then asks for a fast shutdown: transactions end, everything is on disk. */
    void stop() throws IOException, InterruptedException {
        try {
            watchdog.getOutputStream().close();
        } catch (IOException e) {
            // the watchdog is gone already, and the server with it
        }
        if (!watchdog.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            stopStray(cluster);
        }
    }

    /** Stops a server that an earlier, killed process left on this folder, if there still is one. */
    static void stopStray(Path cluster) throws IOException, InterruptedException {
        Optional<ProcessHandle> stray = PostmasterFile.in(cluster).flatMap(file -> file.processOn(cluster));
        for (String signal : List.of("-INT", "-QUIT", "-KILL")) {
            if (stray.isEmpty() || !stray.get().isAlive()) {
                return;
            }
            new ProcessBuilder("kill", signal, Long.toString(stray.get().pid()))
                    .start()
                    .waitFor();
            awaitEnd(stray.get());
        }
    }

    private static void awaitEnd(ProcessHandle process) throws InterruptedException {
        Instant limit = Instant.now().plus(Duration.ofSeconds(20));
        while (process.isAlive() && Instant.now().isBefore(limit)) {
            Thread.sleep(20);
        }
    }
}
