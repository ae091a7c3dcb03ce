package com.techcourse.platform;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Rows that are inserted one by one until the connection breaks; each was reported as done before the next. */
final class AcknowledgedRows implements AutoCloseable {

    private final DatabaseUrl url;
    private final Thread writer;
    private volatile int acknowledged;

    private AcknowledgedRows(DatabaseUrl url) {
        this.url = url;
        this.writer = Thread.ofPlatform().unstarted(this::write);
    }

    static AcknowledgedRows writing(DatabaseUrl url) throws SQLException, InterruptedException {
        try (Connection connection = url.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table platform.acknowledged_rows (id int primary key)");
        }
        AcknowledgedRows rows = new AcknowledgedRows(url);
        rows.writer.start();
        while (rows.acknowledged < 50) {
            Thread.sleep(10);
        }
        return rows;
    }

    private void write() {
        try (Connection connection = url.connect();
                Statement statement = connection.createStatement()) {
            for (int id = 1; !Thread.currentThread().isInterrupted(); id++) {
                statement.execute("insert into platform.acknowledged_rows values (" + id + ")");
                acknowledged = id;
            }
        } catch (SQLException e) {
            // that is what the test is about
        }
    }

    /** How many were acknowledged in all, once the writer has noticed. */
    int count() throws InterruptedException {
        writer.join();
        return acknowledged;
    }

    static int stored(DatabaseUrl url) throws SQLException {
        try (Connection connection = url.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from platform.acknowledged_rows")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() {
        writer.interrupt();
    }
}
