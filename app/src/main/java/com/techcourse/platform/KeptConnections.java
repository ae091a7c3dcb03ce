package com.techcourse.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * As many connections of the application as threads need at once, kept for the next use; for commands, whose threads
 * are few. A connection that broke is thrown away.
 */
final class KeptConnections implements ConnectionProvider, AutoCloseable {

    private final AppSignIn signIn;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    KeptConnections(AppSignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public Connection acquire() {
        @Nullable Connection kept = idle.poll();
        return kept == null ? signIn.connect() : kept;
    }

    @Override
    public void release(Connection connection) {
        try {
            if (!connection.isClosed()) {
                idle.push(connection);
            }
        } catch (SQLException e) {
            throw new DataAccessException("A connection could not be looked at.", e);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
