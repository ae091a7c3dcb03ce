package com.techcourse.platform.web;

import com.techcourse.platform.Away;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * New connections for the pool. While the database is away it is asked again ten times a second: the pool itself waits
 * twice as long after each refusal, and noticed the end of a takeover seconds late.
 */
final class PersistentSource extends AbstractDataSource {

    private static final long PAUSE_MILLIS = 100;

    private final DatabaseUrl url;
    private final Duration patience;

    /** @param patience after which a refusal is told */
    PersistentSource(DatabaseUrl url, Duration patience) {
        this.url = url;
        this.patience = patience;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return url.connect();
            } catch (SQLException e) {
                if (!Away.is(e) || System.nanoTime() > end) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("The wait for a connection was interrupted.", e);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("Only the application signs in here.");
    }

    /** The address says how long each attempt may take. */
    @Override
    public void setLoginTimeout(int seconds) {}

    /** As long as the pool waits at its end for a connection that is being made. */
    @Override
    public int getLoginTimeout() {
        return Math.toIntExact(patience.toSeconds()) + 1;
    }
}
