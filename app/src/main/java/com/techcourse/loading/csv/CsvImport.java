package com.techcourse.loading.csv;

import com.techcourse.platform.Problems;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Imports one file: streamed into a temporary table, checked there by whole sets, and written in one transaction as
 * {@code techcourse_loader}, who is under every rule of the database. The temporary table ends with the session.
 */
public final class CsvImport {

    private final DatabaseUrl owner;
    private final Problems problems = Problems.load();

    public CsvImport(DatabaseUrl owner) {
        this.owner = owner;
    }

    /** Another import of the same kind is running. */
    public static final class Busy extends Exception {
        private static final long serialVersionUID = 1;

        Busy(Throwable cause) {
            super("Another import of the same kind is running.", cause);
        }
    }

    /** The key of the import in {@code platform.imports}, which tells how it ended. */
    public UUID run(Order order, InputStream file) throws SQLException, IOException, Unreadable, Busy {
        try (Connection work = owner.connect()) {
            takeTurn(work, order.kind());
            execute(work, """
                    set role techcourse_loader;
                    set search_path = pg_catalog, extensions, pg_temp;
                    set timezone = 'UTC';
                    set jit = off;
                    """);
            try (ImportLog log = ImportLog.begin(owner, order)) {
                return logged(order, file, work, log);
            }
        }
    }

    private UUID logged(Order order, InputStream file, Connection work, ImportLog log)
            throws SQLException, IOException, Unreadable {
        try {
            Staging staging = new Staging(work, order.kind());
            staging.fill(file, log::progress);
            staging.check();
            new Writing(work, staging, order, problems).write(log);
            return log.id();
        } catch (Unreadable e) {
            log.failed(e.sentence());
            throw e;
        } catch (SQLException | IOException | RuntimeException e) {
            log.failed("It was broken off; nothing was written.");
            throw e;
        }
    }

    private static void takeTurn(Connection work, ImportKind kind) throws SQLException, Busy {
        try {
            execute(work, "set lock_timeout = '3s'");
            execute(work, "select pg_advisory_lock(hashtext('loading.csv." + kind.label() + "'))");
            execute(work, "reset lock_timeout");
        } catch (SQLException e) {
            if ("55P03".equals(e.getSQLState())) {
                throw new Busy(e);
            }
            throw e;
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
