package com.techcourse.platform.migration;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The highest version that was ever applied to a database; 0 for an empty one. */
record AppliedHistory(int highest) {

    static AppliedHistory of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return new AppliedHistory(exists(statement) ? highest(statement) : 0);
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select to_regclass('platform.schema_history') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static int highest(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "select coalesce(max(version::int), 0) from platform.schema_history where version ~ '^[0-9]+$'")) {
            row.next();
            return row.getInt(1);
        }
    }

    void refuseNewer(DatabaseUrl owner, MigrationFiles files) {
        if (highest > files.highestVersion()) {
            throw new DatabaseProblem(
                    "The database " + owner + " was migrated by a newer TechCourse (schema " + highest
                            + ", this one knows " + files.highestVersion() + ").",
                    "Run that newer version, or restore a backup from before. Nothing was changed.");
        }
    }
}
