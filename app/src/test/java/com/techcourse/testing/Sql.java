package com.techcourse.testing;

import static java.util.Objects.requireNonNull;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Plain SQL over one connection, for tests. What the server refuses comes out as {@link Refused}. */
public final class Sql implements AutoCloseable {

    /** What the server refused, and how. */
    public static final class Refused extends RuntimeException {
        private final SQLException refusal;

        Refused(SQLException refusal) {
            super(refusal);
            this.refusal = refusal;
        }

        public SQLException refusal() {
            return refusal;
        }
    }

    /** Work in one transaction. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T in(Sql sql);
    }

    private final Connection connection;

    public Sql(Connection connection) {
        this.connection = connection;
    }

    public static Sql connect(DatabaseUrl url) {
        try {
            return new Sql(url.connect());
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }

    public Connection connection() {
        return connection;
    }

    /** One statement; answers the first column of the rows that it returned, or nothing. */
    public List<@Nullable Object> run(String statement, @Nullable Object... values) {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            List<@Nullable Object> column = new ArrayList<>();
            if (prepared.execute()) {
                try (ResultSet rows = prepared.getResultSet()) {
                    while (rows.next()) {
                        column.add(rows.getObject(1));
                    }
                }
            }
            return column;
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }

    /** The first column of the first row. */
    public Object one(String statement, @Nullable Object... values) {
        return requireNonNull(run(statement, values).getFirst(), statement);
    }

    public UUID uuid(String statement, @Nullable Object... values) {
        return (UUID) one(statement, values);
    }

    public long number(String statement, @Nullable Object... values) {
        return ((Number) one(statement, values)).longValue();
    }

    public void actAs(@Nullable UUID user, String role) {
        run("select platform.act_as(?, ?)", user, role);
    }

    public <T extends @Nullable Object> T transaction(Work<T> work) {
        try {
            connection.setAutoCommit(false);
            T result = work.in(this);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new Refused(e);
        } finally {
            backToAutoCommit();
        }
    }

    /** Runs the work, and takes everything back. */
    public void andBack(Work<?> work) {
        try {
            connection.setAutoCommit(false);
            work.in(this);
        } catch (SQLException e) {
            throw new Refused(e);
        } finally {
            backToAutoCommit();
        }
    }

    private void backToAutoCommit() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }
}
