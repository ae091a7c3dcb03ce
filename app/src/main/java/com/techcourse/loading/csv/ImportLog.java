package com.techcourse.loading.csv;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The import's line in {@code platform.imports}, over a connection of its own, so that others see how far it is. */
final class ImportLog implements AutoCloseable {

    private final Connection connection;
    private final UUID id;

    private ImportLog(Connection connection, UUID id) {
        this.connection = connection;
        this.id = id;
    }

    /** Whoever begins holds the lock of the kind, so that others who say that they run have ended without a word. */
    static ImportLog begin(DatabaseUrl owner, Order order) throws SQLException {
        Connection connection = owner.connect();
        try {
            CsvImport.execute(connection, "set role techcourse_loader");
            CsvImport.execute(
                    connection,
                    "select platform.note_broken_off_imports('" + order.kind().label() + "')");
            connection.setAutoCommit(false);
            actAs(connection, order.by());
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into platform.imports (kind, mode, dry_run, started_by) values (?, ?, ?, ?) returning id")) {
                insert.setString(1, order.kind().label());
                insert.setString(2, order.mode());
                insert.setBoolean(3, order.dryRun());
                insert.setObject(4, order.by());
                try (ResultSet key = insert.executeQuery()) {
                    key.next();
                    UUID id = key.getObject(1, UUID.class);
                    connection.commit();
                    connection.setAutoCommit(true);
                    return new ImportLog(connection, id);
                }
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Who is written down in the change log, for one transaction. */
    static void actAs(Connection connection, UUID admin) throws SQLException {
        try (PreparedStatement acting = connection.prepareStatement("select platform.act_as(?, 'admin')")) {
            acting.setObject(1, admin);
            acting.execute();
        }
    }

    UUID id() {
        return id;
    }

    void progress(long rows) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update platform.imports set row_count = ? where id = ?")) {
            update.setLong(1, rows);
            update.setObject(2, id);
            update.execute();
        }
    }

    void failed(String problem) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update platform.imports set state = 'failed', finished_at = clock_timestamp(), problem = ?
                 where id = ? and state = 'running'
                """)) {
            update.setString(1, problem);
            update.setObject(2, id);
            update.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
