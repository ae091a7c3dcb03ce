package com.techcourse.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whole copies of an academy, each in a folder of its own, and between them in {@code wal} every change: what a server
 * archives, in segments of 16 MB. May be a link to another disk. Nothing is archived before the first backup.
 */
record BackupFolder(Path path) {

    private static final Pattern OURS =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}Z(\\.part)?");

    private static final Pattern SEGMENT =
            Pattern.compile("([0-9A-F]{8})([0-9A-F]{16})(\\.[0-9A-F]{8}\\.backup)?\\.gz");

    Path wal() {
        return path.resolve("wal");
    }

    Path lock() {
        return path.resolve("lock");
    }

    Path of(String backup) {
        return path.resolve(backup);
    }

    /** From here on the server archives. */
    void open() throws IOException {
        Files.createDirectories(
                Files.exists(path) ? path.toRealPath().resolve("wal") : wal(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** The setting {@code archive_command}: a segment appears whole or not at all, and is on disk before it counts. */
    String archiveCommand() {
        String wal = shell(wal());
        return ("test ! -d WAL || { gzip -1 -c \"%p\" > WAL/%f.part && sync WAL/%f.part && mv WAL/%f.part WAL/%f.gz && sync WAL; }")
                .replace("WAL", wal);
    }

    /** The setting {@code restore_command}; {@code last} holds what a server had written and not archived yet. */
    String restoreCommand(Optional<Path> last) {
        String wal = shell(wal());
        String archived = "{ test -f WAL/%f.gz && gzip -dc WAL/%f.gz > \"%p\"; }".replace("WAL", wal);
        return last.map(folder ->
                        archived + " || { test -f LAST/%f && cp LAST/%f \"%p\"; }".replace("LAST", shell(folder)))
                .orElse(archived);
    }

    private static String shell(Path path) {
        return "'" + path.toString().replace("'", "'\\''").replace("%", "%%") + "'";
    }

    /** The finished backups, oldest first. */
    List<Backup> backups() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(path)) {
            return folders.filter(folder -> Files.exists(folder.resolve(Backup.FACTS)))
                    .map(Backup::read)
                    .sorted(Comparator.comparing(Backup::finishedAt))
                    .toList();
        }
    }

    /** Deletes the oldest backups but for so many, what broken-off ones left, and the changes before the oldest. */
    void forget(int keep) throws IOException {
        List<Backup> all = backups();
        for (Backup old : all.subList(0, Math.max(0, all.size() - keep))) {
            // first what makes it a backup, so that a kill leaves no half of one
            Files.delete(of(old.name()).resolve(Backup.FACTS));
        }
        try (Stream<Path> folders = Files.list(path)) {
            for (Path folder : folders.filter(BackupFolder::isOurs)
                    .filter(folder -> !Files.exists(folder.resolve(Backup.FACTS)))
                    .toList()) {
                Binaries.delete(folder);
            }
        }
        Optional<Backup> oldest = backups().stream().findFirst();
        if (oldest.isPresent()) {
            forgetChangesBefore(oldest.get().firstSegment());
        }
    }

    /** A disk may hold more than backups. */
    private static boolean isOurs(Path folder) {
        return OURS.matcher(folder.getFileName().toString()).matches();
    }

    /** Segments count on across the timelines that restores begin; the histories of those stay. */
    private void forgetChangesBefore(String segment) throws IOException {
        try (Stream<Path> files = Files.list(wal())) {
            for (Path file : files.toList()) {
                var name = SEGMENT.matcher(file.getFileName().toString());
                if (name.matches() && name.group(2).compareTo(segment.substring(8)) < 0) {
                    Files.delete(file);
                }
            }
        }
    }
}
