package com.techcourse.platform.migration;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What one query tells about a database: whether its schema is that of a version, and whether it can become so. The
 * hash of all SQL that was applied stands in the comment of the history table.
 */
record SchemaState(int serverVersion, String comment, boolean mayCreateRoles, boolean ownsDatabase, boolean readOnly) {

    private static final int OLDEST_SERVER = 150_000;
    private static final String PREFIX = "What was migrated, and when. All SQL together: ";
    private static final String QUERY = """
            select current_setting('server_version_num')::int,
                   coalesce(obj_description(to_regclass('platform.schema_history'), 'pg_class'), ''),
                   (select rolcreaterole or rolsuper from pg_roles where rolname = current_user),
                   (select pg_has_role(current_user, datdba, 'usage') from pg_database
                     where datname = current_database()),
                   pg_is_in_recovery()
            """;

    static SchemaState of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new SchemaState(
                    row.getInt(1), row.getString(2), row.getBoolean(3), row.getBoolean(4), row.getBoolean(5));
        }
    }

    static void write(Connection connection, String checksum) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("comment on table platform.schema_history is '" + PREFIX + checksum + "'");
        }
    }

    boolean isAt(String checksum) {
        return comment.equals(PREFIX + checksum);
    }

    void refuseImpossible(DatabaseUrl owner) {
        if (serverVersion < OLDEST_SERVER) {
            throw new DatabaseProblem(
                    "The server at " + owner.host() + " is PostgreSQL " + serverVersion / 10_000
                            + "; TechCourse needs 15 to 18.",
                    "Upgrade the server, or name another one in TECHCOURSE_DATABASE_URL.");
        }
        if (readOnly) {
            throw new DatabaseProblem(
                    "The server at " + owner.host() + " is a read-only replica whose schema is of another version.",
                    "Name the primary in TECHCOURSE_DATABASE_URL.");
        }
        if (!ownsDatabase) {
            throw new DatabaseProblem(
                    "The user \"" + owner.user() + "\" does not own the database \"" + owner.database() + "\".",
                    "As an administrator: alter database \"" + owner.database() + "\" owner to \"" + owner.user()
                            + "\";");
        }
        if (!mayCreateRoles) {
            throw new DatabaseProblem(
                    "The user \"" + owner.user() + "\" may not create the database roles of the academy.",
                    "As an administrator: alter role \"" + owner.user() + "\" createrole; (no superuser is needed)");
        }
    }
}
