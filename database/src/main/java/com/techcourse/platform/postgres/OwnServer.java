package com.techcourse.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A server that this process started, on one port for as long as it lives: when it ends without being asked (killed,
 * crashed, disk full) it is started again, until it works or this object is closed.
 */
final class OwnServer implements AutoCloseable {

    private static final int START_ATTEMPTS = 5;
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final DataFolder folder;
    private final Binaries binaries;
    private final List<String> extra;
    private final Consumer<String> progress;
    private final int port;
    private volatile ServerProcess process;
    private volatile boolean closing;

    private OwnServer(
            DataFolder folder,
            Binaries binaries,
            List<String> extra,
            Consumer<String> progress,
            int port,
            ServerProcess process) {
        this.folder = folder;
        this.binaries = binaries;
        this.extra = extra;
        this.progress = progress;
        this.port = port;
        this.process = process;
    }

    /** On the port of the last time where it is free, so that a connection string that was copied stays true. */
    static OwnServer start(DataFolder folder, Binaries binaries, ServerOptions options, Consumer<String> progress)
            throws IOException, InterruptedException {
        List<String> extra = options.settings().entrySet().stream()
                .flatMap(entry -> List.of("-c", entry.getKey() + "=" + entry.getValue()).stream())
                .toList();
        Ports ports = new Ports(folder.port());
        for (int attempt = 1; ; attempt++) {
            int port = ports.next();
            try {
                ServerProcess process = started(folder, binaries, extra, port);
                ports.remember(port);
                OwnServer server = new OwnServer(folder, binaries, extra, progress, port, process);
                Thread.ofPlatform().daemon().name("postgres-supervisor").start(server::supervise);
                return server;
            } catch (ServerStartFailed e) {
                if (!e.addressInUse() || attempt == START_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static ServerProcess started(DataFolder folder, Binaries binaries, List<String> extra, int port)
            throws IOException, InterruptedException {
        Files.createDirectories(folder.log());
        Settings.forThisMachine().writeTo(folder, port);
        ServerProcess process =
                ServerProcess.start(binaries, folder.cluster(), folder.log().resolve("start.log"), extra);
        process.awaitReady(Optional.of(START_LIMIT));
        return process;
    }

    int port() {
        return port;
    }

    private void supervise() {
        try {
            while (true) {
                process.awaitEnd();
                if (closing) {
                    return;
                }
                progress.accept("PostgreSQL ended unexpectedly; starting it again.");
                Instant ended = Instant.now();
                restart();
                progress.accept("PostgreSQL answers again after "
                        + Duration.between(ended, Instant.now()).toMillis()
                        + " ms; everything that was reported as done is there.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void restart() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        Optional<String> said = Optional.empty();
        while (!closing) {
            try {
                ServerProcess.stopStray(folder.cluster());
                startAgain();
                return;
            } catch (ServerStartFailed | IOException e) {
                String sentence = StartProblem.of(folder, e).sentences();
                if (pause.compareTo(FIRST_PAUSE) > 0 && !said.equals(Optional.of(sentence))) {
                    progress.accept(sentence);
                    said = Optional.of(sentence);
                }
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private synchronized void startAgain() throws IOException, InterruptedException {
        if (!closing) {
            process = started(folder, binaries, extra, port);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closing = true;
        synchronized (this) {
            process.stop();
        }
    }
}
