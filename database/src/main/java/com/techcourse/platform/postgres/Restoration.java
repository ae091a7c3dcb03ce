package com.techcourse.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Brings an academy back as it was at a moment: a backup from before it, and the archived changes up to it. All of it is
 * done in a folder of its own; only when PostgreSQL has come to that moment does it take the place of what was there,
 * which is kept beside it.
 */
public final class Restoration {

    /** What belongs to an academy beside its database. */
    static final List<String> BESIDES = List.of("passwords.properties", "secret.key", "files");

    private static final String BEFORE = "before-restore-";

    /** The server reads it before it knows names of zones. */
    private static final DateTimeFormatter TARGET =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

    private static final Pattern LAST_TRANSACTION =
            Pattern.compile("last completed transaction was at log time ([0-9-]+ [0-9:.]+)");

    private final Path dataFolder;
    private final Consumer<String> progress;
    private final ServerOptions options;

    public Restoration(Path dataFolder, Consumer<String> progress) {
        this(dataFolder, progress, ServerOptions.NONE);
    }

    Restoration(Path dataFolder, Consumer<String> progress, ServerOptions options) {
        this.dataFolder = dataFolder;
        this.progress = progress;
        this.options = options;
    }

    /**
     * What was brought back.
     *
     * @param lastTransaction when the last change was made that is back, UTC; empty when the backup had them all
     * @param before where that is kept which was there; empty when there was nothing
     */
    public record Restored(Backup from, Optional<String> lastTransaction, Optional<Path> before) {}

    /**
     * The academy on the data folder as it was at a moment, or as late as can be. It must not be in use.
     *
     * @param to the first change after it is not brought back
     */
    public Restored restore(Optional<Instant> to) {
        DataFolder data = DataFolder.opened(dataFolder);
        if (to.filter(Instant.now()::isBefore).isPresent()) {
            throw new DatabaseProblem(
                    to.get() + " lies ahead.", "Name a moment that is past, or leave --to out for the latest.");
        }
        try (FolderLock lock =
                FolderLock.exclusive(data.lock(), "lasting\na restoration\n").orElseThrow(() -> inUse(data))) {
            ServerProcess.stopStray(data.cluster());
            Backup backup = before(data, to);
            DataFolder made = new DataFolder(data.restored());
            Optional<String> last = recover(data, backup, made, to);
            return new Restored(backup, last, putInPlace(data, made));
        } catch (IOException | ServerStartFailed e) {
            throw problem(data, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseProblem("The restoration was interrupted.", "Begin it again; nothing was changed.", e);
        }
    }

    /** A copy of the academy as the backup has it, in a folder that is empty or absent; nothing else is touched. */
    public void unpack(Backup backup, Path folder) {
        DataFolder data = DataFolder.opened(dataFolder);
        try {
            recover(
                    data,
                    backup,
                    new DataFolder(folder.toAbsolutePath()),
                    List.of("recovery_target=immediate", "archive_command=true"));
        } catch (IOException | ServerStartFailed e) {
            throw problem(data, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseProblem("The restoration was interrupted.", "Begin it again; nothing was changed.", e);
        }
    }

    private static DatabaseProblem inUse(DataFolder data) {
        return new DatabaseProblem(
                "The data folder " + data.path() + " is in use.", "Stop the academy first, then restore it.");
    }

    private static DatabaseProblem problem(DataFolder data, Exception failure) {
        String said =
                failure instanceof ServerStartFailed start ? start.output() : String.valueOf(failure.getMessage());
        return new DatabaseProblem(
                "The academy could not be restored from " + data.backups().path() + ": "
                        + said.lines()
                                .filter(line -> line.contains("FATAL"))
                                .findFirst()
                                .orElse(said),
                "Nothing was changed. Try another backup with --to, or look into "
                        + data.path().resolve("restored.new/log") + ".",
                failure);
    }

    /** The newest that was finished by then. */
    private static Backup before(DataFolder data, Optional<Instant> to) throws IOException {
        return data.backups().backups().reversed().stream()
                .filter(backup -> to.isEmpty() || !backup.finishedAt().isAfter(to.get()))
                .findFirst()
                .orElseThrow(() -> new DatabaseProblem(
                        "There is no backup from before "
                                + to.map(Instant::toString).orElse("now") + " in "
                                + data.backups().path() + ".",
                        "Look with ./techcourse backup list; nothing was changed."));
    }

    private Optional<String> recover(DataFolder data, Backup backup, DataFolder made, Optional<Instant> to)
            throws IOException, InterruptedException {
        String archive = "archive_command=" + data.backups().archiveCommand();
        if (to.isPresent()) {
            try {
                return recover(data, backup, made, List.of("recovery_target_time=" + TARGET.format(to.get()), archive));
            } catch (ServerStartFailed e) {
                if (!e.output().contains("recovery ended before configured recovery target was reached")) {
                    throw e;
                }
                progress.accept("There are no changes after that moment: all of them are brought back.");
            }
        }
        return recover(data, backup, made, List.of(archive));
    }

    private Optional<String> recover(DataFolder data, Backup backup, DataFolder made, List<String> settings)
            throws IOException, InterruptedException {
        Binaries.delete(made.path());
        Path archive = data.backups().of(backup.name()).resolve(Backup.ARCHIVE);
        progress.accept("Reading the backup " + backup.name());
        if (!AcademyArchive.sha256(archive).equals(backup.sha256())) {
            throw new DatabaseProblem(
                    "The backup " + backup.name() + " is damaged: its checksum is not the one it was written with.",
                    "Take another one: ./techcourse backup list. Nothing was changed.");
        }
        AcademyArchive.unpack(archive, made.path());
        Binaries binaries = Opening.binaries(options, progress);
        made.refuseOtherMajor(binaries.major());
        Files.writeString(made.cluster().resolve("recovery.signal"), "");
        progress.accept("Bringing back the changes since");
        return recovered(binaries, made, settings(data, settings));
    }

    private static List<String> settings(DataFolder data, List<String> more) throws IOException {
        List<String> settings = new ArrayList<>(more);
        settings.add("restore_command=" + data.backups().restoreCommand(last(data)));
        settings.add("recovery_target_action=promote");
        // no answers before it is done, and what is said is said to us
        settings.add("hot_standby=off");
        settings.add("logging_collector=off");
        return settings.stream()
                .flatMap(setting -> List.of("-c", setting).stream())
                .toList();
    }

    /** What the server had written and not archived yet; also when a restoration was broken off that had put it aside. */
    private static Optional<Path> last(DataFolder data) throws IOException {
        try (Stream<Path> folders = Files.list(data.path())) {
            return Stream.concat(
                            Stream.of(data.path()),
                            folders.filter(folder ->
                                            folder.getFileName().toString().startsWith(BEFORE))
                                    .sorted(Comparator.reverseOrder()))
                    .map(folder -> folder.resolve("postgresql/pg_wal"))
                    .filter(Files::isDirectory)
                    .findFirst();
        }
    }

    private Optional<String> recovered(Binaries binaries, DataFolder made, List<String> settings)
            throws IOException, InterruptedException {
        Files.createDirectories(made.log());
        Path output = made.log().resolve("start.log");
        List<String> all = new ArrayList<>(options.settings().entrySet().stream()
                .flatMap(entry -> List.of("-c", entry.getKey() + "=" + entry.getValue()).stream())
                .toList());
        all.addAll(settings);
        Settings.forThisMachine().writeTo(made, new Ports(made.port()).next());
        ServerProcess server = ServerProcess.start(binaries, made.cluster(), output, all);
        server.awaitReady(Optional.empty());
        server.stop();
        Matcher last = LAST_TRANSACTION.matcher(Files.readString(output));
        return last.find() ? Optional.of(last.group(1)) : Optional.empty();
    }

    /** One rename after another, the database last: until then a start finds the old one. */
    private Optional<Path> putInPlace(DataFolder data, DataFolder made) throws IOException {
        Path before = data.path().resolve(BEFORE + Backups.NAME.format(Instant.now()));
        List<String> all =
                Stream.concat(BESIDES.stream(), Stream.of("postgresql")).toList();
        boolean wasThere =
                all.stream().anyMatch(name -> Files.exists(data.path().resolve(name)));
        if (wasThere) {
            Files.createDirectory(before);
        }
        for (String name : all) {
            Path now = data.path().resolve(name);
            Path then = made.path().resolve(name);
            if (Files.exists(now)) {
                Files.move(now, before.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
            if (Files.exists(then)) {
                Files.move(then, now, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Binaries.delete(made.path());
        return wasThere ? Optional.of(before) : Optional.empty();
    }
}
