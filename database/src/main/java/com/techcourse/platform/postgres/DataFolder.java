package com.techcourse.platform.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder that holds one installation's database, passwords and locks; only its owner may enter (mode 0700). */
record DataFolder(Path path) {

    private static final long LEAST_FREE_BYTES = 64L << 20;
    private static final String OTHER_FOLDER = "Set TECHCOURSE_DATA to a folder of your own.";

    Path cluster() {
        return path.resolve("postgresql");
    }

    Path passwords() {
        return path.resolve("passwords.properties");
    }

    /** The port of the last start. */
    Path port() {
        return path.resolve("port");
    }

    Path lock() {
        return path.resolve("lock");
    }

    Path users() {
        return path.resolve("users");
    }

    /** Where a restoration is made; there while one goes on, or when it was broken off. */
    Path restored() {
        return path.resolve("restored.new");
    }

    BackupFolder backups() {
        return new BackupFolder(path.resolve("backups"));
    }

    Path log() {
        return path.resolve("log");
    }

    /** Makes the folder where it is missing, and refuses one that cannot be written to or has no space left. */
    static DataFolder opened(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(
                    absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (!Files.isWritable(absolute)) {
                throw new AccessDeniedException(absolute.toString());
            }
            Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
        } catch (FileSystemException e) {
            String reason =
                    e instanceof AccessDeniedException || e.getReason() == null ? "" : " (" + e.getReason() + ")";
            throw new DatabaseProblem(
                    "The data folder " + absolute + " cannot be written to" + reason + ".", OTHER_FOLDER, e);
        } catch (IOException e) {
            throw new DatabaseProblem(
                    "The data folder " + absolute + " cannot be made: " + e.getMessage(), OTHER_FOLDER, e);
        }
        DataFolder folder = new DataFolder(absolute);
        folder.refuseFullDisk();
        return folder;
    }

    private void refuseFullDisk() {
        long free = path.toFile().getUsableSpace();
        if (free < LEAST_FREE_BYTES) {
            throw new DatabaseProblem(
                    "The disk of the data folder " + path + " has only " + (free >> 20) + " MB left.",
                    "Free at least " + (LEAST_FREE_BYTES >> 20)
                            + " MB, or move the folder to another disk and name it in TECHCOURSE_DATA. Nothing is lost.");
        }
    }

    /** Refuses the files of another major version: PostgreSQL would not start on them. */
    void refuseOtherMajor(int major) throws IOException {
        Path versionFile = cluster().resolve("PG_VERSION");
        if (!Files.exists(versionFile)) {
            return;
        }
        String version = Files.readString(versionFile).strip();
        if (!version.equals(Integer.toString(major))) {
            throw new DatabaseProblem(
                    "The data folder " + path + " was written by PostgreSQL " + version
                            + ", this TechCourse brings PostgreSQL " + major + ".",
                    "Start it with the TechCourse that made it and take a backup there, or set TECHCOURSE_DATA to an empty folder. Nothing was changed.");
        }
    }
}
