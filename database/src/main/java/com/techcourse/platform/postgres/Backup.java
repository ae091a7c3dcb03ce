package com.techcourse.platform.postgres;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;

/**
 * A whole copy of an academy: {@code academy.tar.gz} with the files of the server, the passwords, the keys and the files
 * of lessons, and these facts about it, which are written last.
 *
 * @param firstSegment of the changes without which the copy is not consistent
 * @param bytes of the archive
 * @param sha256 of the archive
 */
public record Backup(
        String name, Instant startedAt, Instant finishedAt, int major, String firstSegment, long bytes, String sha256) {

    static final String FACTS = "backup.properties";
    static final String ARCHIVE = "academy.tar.gz";

    static Backup read(Path folder) {
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve(FACTS))) {
            facts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Backup(
                folder.getFileName().toString(),
                Instant.parse(facts.getProperty("started_at")),
                Instant.parse(facts.getProperty("finished_at")),
                Integer.parseInt(facts.getProperty("major")),
                facts.getProperty("first_segment"),
                Long.parseLong(facts.getProperty("bytes")),
                facts.getProperty("sha256"));
    }

    void write(Path folder) throws IOException {
        Properties facts = new Properties();
        facts.setProperty("started_at", startedAt.toString());
        facts.setProperty("finished_at", finishedAt.toString());
        facts.setProperty("major", Integer.toString(major));
        facts.setProperty("first_segment", firstSegment);
        facts.setProperty("bytes", Long.toString(bytes));
        facts.setProperty("sha256", sha256);
        Passwords.write(facts, folder.resolve(FACTS), "A backup of an academy, finished.");
    }
}
