package com.techcourse.platform.backup;

import com.techcourse.platform.Database;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** What the database knows of its backups, so that {@code doctor} can tell. */
public record BackupLog(Database database) {

    public void taken(TakenBackup backup) {
        write(
                "insert into platform.backups (name, started_at, finished_at, bytes) values (?, ?::timestamptz, ?::timestamptz, ?)",
                backup.name(),
                OffsetDateTime.ofInstant(backup.startedAt(), ZoneOffset.UTC),
                OffsetDateTime.ofInstant(backup.finishedAt(), ZoneOffset.UTC),
                backup.bytes());
    }

    public void verified(TakenBackup backup, int faults) {
        write(
                "insert into platform.backups as b (name, started_at, finished_at, bytes, verified_at, faults) values (?, ?::timestamptz, ?::timestamptz, ?, clock_timestamp(), ?)"
                        + " on conflict on constraint backups_name_pkey do update set verified_at = excluded.verified_at, faults = excluded.faults",
                backup.name(),
                OffsetDateTime.ofInstant(backup.startedAt(), ZoneOffset.UTC),
                OffsetDateTime.ofInstant(backup.finishedAt(), ZoneOffset.UTC),
                backup.bytes(),
                faults);
    }

    private void write(String statement, Object... values) {
        database.owner().transaction(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            transaction.dsl().execute(statement, values);
        });
    }
}
