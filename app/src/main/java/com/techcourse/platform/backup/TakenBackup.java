package com.techcourse.platform.backup;

import com.techcourse.platform.postgres.Backup;
import java.time.Instant;

/**
 * What is known of a backup, whoever took it.
 *
 * @param bytes that it needs on the disk
 */
public record TakenBackup(String name, Instant startedAt, Instant finishedAt, long bytes) {

    static TakenBackup of(Backup backup) {
        return new TakenBackup(backup.name(), backup.startedAt(), backup.finishedAt(), backup.bytes());
    }
}
