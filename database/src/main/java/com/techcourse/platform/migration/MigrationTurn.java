package com.techcourse.platform.migration;

import com.techcourse.platform.postgres.DatabaseProblem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** The right to migrate a database: one session at a time, given back by the server when the session ends. */
record MigrationTurn(Connection connection) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String KEY = "hashtextextended('techcourse migration', 0)";

    static MigrationTurn awaited(Connection connection, Consumer<String> progress) throws SQLException {
        Instant limit = Instant.now().plus(PATIENCE);
        for (int attempt = 0; !answer(connection, "select pg_try_advisory_lock(" + KEY + ")"); attempt++) {
            if (attempt == 0) {
                progress.accept("Another node migrates this database; waiting for it.");
            }
            if (Instant.now().isAfter(limit)) {
                throw new DatabaseProblem(
                        "Another node has been migrating this database for " + PATIENCE.toMinutes() + " minutes.",
                        "See what it does (pg_stat_activity, application_name techcourse), then start again.");
            }
            pause();
        }
        return new MigrationTurn(connection);
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseProblem("The wait for another node's migration was interrupted.", "Start again.", e);
        }
    }

    private static boolean answer(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public void close() throws SQLException {
        if (!connection.isClosed()) {
            answer(connection, "select pg_advisory_unlock(" + KEY + ")");
        }
    }
}
