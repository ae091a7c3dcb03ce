package com.techcourse.platform.migration;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * The one linear history of the schema. Safe from several nodes at once: one migrates, the others wait for it. Never
 * waits long for a lock on a table: whoever reads or writes there goes first, and the migration is tried again later.
 */
public final class Migrations {

    private Migrations() {}

    /** The version of the schema that this TechCourse brings. */
    public static int version() {
        return MigrationFiles.all().highestVersion();
    }

    /** A hash over all SQL of this version. */
    public static String checksum() {
        return MigrationFiles.all().checksum();
    }

    /** Brings the database to the newest version; two queries when it is there already. */
    public static void migrate(DatabaseUrl owner, Consumer<String> progress) {
        migrate(owner, progress, () -> {});
    }

    /** {@code finish} belongs to the migration: when it fails, or the power goes, all is done again at the next start. */
    public static void migrate(DatabaseUrl owner, Consumer<String> progress, Runnable finish) {
        MigrationFiles files = MigrationFiles.all();
        try (Connection connection = owner.connect()) {
            SchemaState state = SchemaState.of(connection);
            if (!state.isAt(files.checksum())) {
                state.refuseImpossible(owner);
                takeTurn(owner, connection, files, progress, finish);
            }
            if (!state.readOnly()) {
                Partitions.ensure(connection);
            }
        } catch (SQLException e) {
            throw DatabaseProblem.of(owner, e);
        }
    }

    private static void takeTurn(
            DatabaseUrl owner, Connection connection, MigrationFiles files, Consumer<String> progress, Runnable finish)
            throws SQLException {
        try (MigrationTurn turn = MigrationTurn.awaited(connection, progress)) {
            if (!SchemaState.of(connection).isAt(files.checksum())) {
                AppliedHistory.of(connection).refuseNewer(owner, files);
                new FlywayRun(owner, files, progress).run();
                finish.run();
                SchemaState.write(connection, files.checksum());
            }
        }
    }
}
