package com.techcourse.platform.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** How one process comes to a running server on a data folder, whatever other processes do there meanwhile. */
record Opening(DataFolder folder, String who, boolean lasting, Consumer<String> progress, ServerOptions options) {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String LASTING = "lasting";

    EmbeddedPostgres open() {
        try {
            return opened();
        } catch (ServerStartFailed | IOException e) {
            throw StartProblem.of(folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseProblem("The start of PostgreSQL was interrupted.", "Start it again.", e);
        }
    }

    void refuseInUse() {
        try {
            Optional<FolderLock> lock = FolderLock.exclusive(folder.lock(), self());
            Holder holder = Holder.of(FolderLock.holder(folder.lock()));
            if (lock.isPresent()) {
                lock.get().close();
            } else if (holder.lasting()) {
                throw inUse(holder);
            }
        } catch (IOException e) {
            throw StartProblem.of(folder, e);
        }
    }

    private EmbeddedPostgres opened() throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(PATIENCE);
        boolean told = false;
        while (Instant.now().isBefore(limit)) {
            Optional<FolderLock> lock = FolderLock.exclusive(folder.lock(), self());
            if (lock.isPresent()) {
                return started(lock.get());
            }
            Holder holder = Holder.of(FolderLock.holder(folder.lock()));
            if (lasting && holder.lasting()) {
                throw inUse(holder);
            }
            Optional<EmbeddedPostgres> joined = lasting ? Optional.empty() : joined();
            if (joined.isPresent()) {
                return joined.get();
            }
            if (!told) {
                progress.accept("Waiting for " + holder.who() + ", which uses the data folder " + folder.path());
                told = true;
            }
            Thread.sleep(50);
        }
        throw inUse(Holder.of(FolderLock.holder(folder.lock())));
    }

    private String self() {
        return (lasting ? LASTING : "command") + "\n" + who + " (process "
                + ProcessHandle.current().pid() + ")\n";
    }

    private DatabaseProblem inUse(Holder holder) {
        return new DatabaseProblem(
                "The data folder " + folder.path() + " is in use by " + holder.who() + ".",
                "Use that one, or stop it first, or set TECHCOURSE_DATA to another folder.");
    }

    private EmbeddedPostgres started(FolderLock lock) throws IOException, InterruptedException {
        try {
            Unprivileged.refuseIfImpossible();
            Binaries binaries = binaries(options, progress);
            folder.refuseOtherMajor(binaries.major());
            Passwords passwords = Passwords.in(folder.passwords());
            ServerProcess.stopStray(folder.cluster());
            new Cluster(folder, binaries, passwords).createIfMissing(progress);
            progress.accept("Starting PostgreSQL " + binaries.major());
            OwnServer server = OwnServer.start(folder, binaries, options, progress);
            return new EmbeddedPostgres(
                    passwords, server.port(), new EmbeddedPostgres.Lease(folder, Optional.of(server), lock, lasting));
        } catch (ServerStartFailed | DatabaseProblem | IOException | InterruptedException e) {
            lock.close();
            throw e;
        }
    }

    /** Takes a place among the users first, so that the server is not stopped under us. */
    private Optional<EmbeddedPostgres> joined() throws IOException {
        Optional<FolderLock> place = FolderLock.shared(folder.users());
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Optional<PostmasterFile> server = PostmasterFile.in(folder.cluster())
                .filter(PostmasterFile::ready)
                .filter(file -> file.processOn(folder.cluster()).isPresent());
        if (server.isEmpty()) {
            place.get().close();
            return Optional.empty();
        }
        return Optional.of(new EmbeddedPostgres(
                Passwords.in(folder.passwords()),
                server.get().port(),
                new EmbeddedPostgres.Lease(folder, Optional.empty(), place.get(), false)));
    }

    static Binaries binaries(ServerOptions options, Consumer<String> progress) throws IOException {
        return options.programs().isPresent()
                ? Binaries.installedIn(options.programs().get())
                : Binaries.unpackedIn(cache(), progress);
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return base.resolve("techcourse");
    }

    private record Holder(boolean lasting, String who) {

        static Holder of(String text) {
            String[] lines = text.split("\n", 2);
            return new Holder(lines[0].equals(LASTING), lines.length > 1 ? lines[1].strip() : "another TechCourse");
        }
    }
}
