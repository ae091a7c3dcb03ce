package com.techcourse.platform.web;

import com.techcourse.platform.Database;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The application's connections. Nothing is opened before the first is needed, so that the web server comes up while
 * the database does. Connections that broke (the server was restarted) are replaced; whoever waits for one asks again
 * every few seconds ({@link com.techcourse.platform.ActingTransactions}), so that nobody waits for a server that is gone.
 */
final class LazyPool extends AbstractDataSource implements AutoCloseable {

    private static final int CONNECTIONS = 20;
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int VALIDATION_MILLIS = 2_000;
    private static final int KEEP_ALIVE_MILLIS = 60_000;

    private final Future<Database> database;
    private final ObjectProvider<MeterRegistry> metrics;
    private volatile @Nullable HikariDataSource pool;

    LazyPool(Future<Database> database, ObjectProvider<MeterRegistry> metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    static Database opened(Future<Database> database) {
        try {
            return database.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The database could not be opened.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The wait for the database was interrupted.", e);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        HikariDataSource open = pool;
        // the registry is fetched before our lock is taken: whoever makes beans may wait for a connection
        return (open == null ? open(metrics.getIfAvailable()) : open).getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("Only the application signs in here.");
    }

    private synchronized HikariDataSource open(@Nullable MeterRegistry registry) {
        HikariDataSource open = pool == null ? pool(opened(database), registry) : pool;
        pool = open;
        return open;
    }

    private static HikariDataSource pool(Database database, @Nullable MeterRegistry registry) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("techcourse");
        DatabaseUrl url = database.pooledUrl()
                .withDefault("connectTimeout", "3")
                .withDefault("loginTimeout", "3")
                .withDefault("tcpKeepAlive", "true")
                .withDefault("ApplicationName", "techcourse");
        config.setDataSource(new PersistentSource(url, Duration.ofMillis(PATIENCE_MILLIS)));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setValidationTimeout(VALIDATION_MILLIS);
        config.setKeepaliveTime(KEEP_ALIVE_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setMetricRegistry(registry);
        return new HikariDataSource(config);
    }

    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
