package com.techcourse.platform.web;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the database can be written to. Unlike the framework's own it does not open the database when the server
 * starts.
 */
@Component
class DatabaseHealth implements HealthIndicator {

    private static final int PATIENCE_MILLIS = 2_000;

    private final ObjectProvider<DataSource> dataSource;

    DatabaseHealth(ObjectProvider<DataSource> dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Health health() {
        try (Connection connection = dataSource.getObject().getConnection()) {
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
            return writes(connection)
                    ? Health.up().build()
                    : Health.down().withDetail("reason", "a standby").build();
        } catch (SQLException e) {
            return Health.down(e).build();
        }
    }

    private static boolean writes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select not pg_is_in_recovery()")) {
            return row.next() && row.getBoolean(1);
        }
    }
}
