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

    /** Where connections lead. Standbys are not waited for: the primary does what they cannot do. */
    enum Line {
        PRIMARY("techcourse", 3_000, 2_000),
        STANDBYS("techcourse-standbys", 500, 300);

        private final String poolName;
        private final int patienceMillis;
        private final int validationMillis;

        Line(String poolName, int patienceMillis, int validationMillis) {
            this.poolName = poolName;
            this.patienceMillis = patienceMillis;
            this.validationMillis = validationMillis;
        }

        private DatabaseUrl url(Database database) {
            return this == PRIMARY
                    ? database.pooledUrl()
                    : database.replicaUrl().orElseThrow();
        }
    }

    private static final int CONNECTIONS = 20;
    private static final int KEEP_ALIVE_MILLIS = 60_000;

    private final Future<Database> database;
    private final ObjectProvider<MeterRegistry> metrics;
    private final Line line;
    private volatile @Nullable HikariDataSource pool;

    LazyPool(Line line, Future<Database> database, ObjectProvider<MeterRegistry> metrics) {
        this.line = line;
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
        HikariDataSource open = pool == null ? pool(line, opened(database), registry) : pool;
        pool = open;
        return open;
    }

    private static HikariDataSource pool(Line line, Database database, @Nullable MeterRegistry registry) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(line.poolName);
        DatabaseUrl url = line.url(database)
                .withDefault("connectTimeout", "3")
                .withDefault("loginTimeout", "3")
                .withDefault("tcpKeepAlive", "true")
                .withDefault("ApplicationName", "techcourse");
        config.setDataSource(new PersistentSource(url, Duration.ofMillis(line.patienceMillis)));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(line.patienceMillis);
        config.setValidationTimeout(line.validationMillis);
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
