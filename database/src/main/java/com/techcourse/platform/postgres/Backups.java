package com.techcourse.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Backups of an embedded academy, taken while it works. PostgreSQL's own protocol for that is used: between
 * {@code pg_backup_start} and {@code pg_backup_stop} the files are copied as they are, and the changes archived since
 * then make the copy consistent.
 */
public final class Backups {

    private static final Pattern FIRST_SEGMENT = Pattern.compile("START WAL LOCATION: \\S+ \\(file ([0-9A-F]{24})\\)");
    static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final DataFolder data;
    private final BackupFolder folder;

    private Backups(DataFolder data) {
        this.data = data;
        this.folder = data.backups();
    }

    /** Of the academy on this data folder; they lie in its folder {@code backups}. */
    public static Backups of(Path dataFolder) {
        return new Backups(DataFolder.opened(dataFolder));
    }

    public Path folder() {
        return folder.path();
    }

    /** The finished ones, oldest first. */
    public List<Backup> list() {
        try {
            return folder.backups();
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** The newest, or the one of this name. */
    public Backup one(Optional<String> name) {
        return list().reversed().stream()
                .filter(backup -> name.isEmpty() || backup.name().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new DatabaseProblem(
                        name.map(wanted -> "There is no backup \"" + wanted + "\" in " + folder.path() + ".")
                                .orElse("There is no backup in " + folder.path() + "."),
                        "Take one with ./techcourse backup, or look with ./techcourse backup list."));
    }

    /**
     * Takes one of the running server and then deletes the oldest but for {@code keep}. Nothing is deleted before the
     * new one is whole on disk.
     */
    public Backup take(EmbeddedPostgres server, int keep, Consumer<String> progress) {
        try {
            folder.open();
            try (FolderLock lock =
                    FolderLock.exclusive(folder.lock(), "a backup").orElseThrow(Backups::atOnce)) {
                Backup backup = taken(server, progress);
                folder.forget(keep);
                return backup;
            }
        } catch (IOException e) {
            throw problem(e);
        } catch (SQLException e) {
            throw DatabaseProblem.of(server.superuser(), e);
        }
    }

    private static DatabaseProblem atOnce() {
        return new DatabaseProblem("Another backup is being taken.", "Wait until it has ended.");
    }

    private DatabaseProblem problem(IOException e) {
        return new DatabaseProblem(
                "The backups in " + folder.path() + " cannot be read or written: " + e.getMessage(),
                "Free some space, or make the folder a link to another disk; no finished backup was changed.",
                e);
    }

    private Backup taken(EmbeddedPostgres server, Consumer<String> progress) throws IOException, SQLException {
        Instant started = Instant.now();
        String name = NAME.format(started);
        Path unfinished = Files.createDirectory(
                folder.of(name + ".part"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path archive = unfinished.resolve(Backup.ARCHIVE);
        try (Connection connection = server.superuser().connect();
                AcademyArchive files = new AcademyArchive(archive)) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            one(connection, "select pg_backup_start('" + name + "', fast => true)::text");
            progress.accept("Copying " + data.path());
            files.addCluster(data.cluster());
            addTheRest(files);
            String label = one(connection, "select labelfile from pg_backup_stop(wait_for_archive => true)");
            files.addText(label, "postgresql/backup_label");
            files.close();
            AcademyArchive.force(archive);
            Matcher segment = FIRST_SEGMENT.matcher(label);
            if (!segment.find()) {
                throw new IOException("PostgreSQL named no first segment of its changes: " + label);
            }
            Backup backup = new Backup(
                    name,
                    started,
                    Instant.now(),
                    major,
                    segment.group(1),
                    Files.size(archive),
                    AcademyArchive.sha256(archive));
            backup.write(unfinished);
            Files.move(unfinished, folder.of(name), StandardCopyOption.ATOMIC_MOVE);
            return backup;
        }
    }

    /** What an academy needs besides its database; files of lessons are written once and never changed. */
    private void addTheRest(AcademyArchive files) throws IOException {
        for (String name : Restoration.BESIDES) {
            Path path = data.path().resolve(name);
            if (Files.isDirectory(path)) {
                files.addFolder(path, name);
            } else if (Files.exists(path)) {
                files.addFile(path, name);
            }
        }
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
