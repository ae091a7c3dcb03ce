package com.techcourse.loading;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One transaction of the owner in which techcourse_loader writes: all of it, or nothing. */
final class LoaderTransaction {

    private static final String INTEGRITY = "23";

    /** What is done inside of the transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private LoaderTransaction() {}

    static <T> T run(Connection owner, Work<T> work) throws SQLException {
        boolean before = owner.getAutoCommit();
        owner.setAutoCommit(false);
        try {
            T result = work.run(owner);
            owner.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            rollback(owner, e);
            throw e;
        } finally {
            if (!owner.isClosed()) {
                owner.setAutoCommit(before);
            }
        }
    }

    /** From here to the end of the transaction. Row rules stay in force; generated plans need no compiler. */
    static void actAsLoader(Connection owner) throws SQLException {
        execute(owner, """
                set local role techcourse_loader;
                set local search_path = pg_catalog, pg_temp;
                set local jit = off;
                set local work_mem = '64MB';
                """);
    }

    /** Several statements at once; pgjdbc finds their ends. */
    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The same, and says how many rows the statements wrote. */
    static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long rows = 0;
            boolean query = statement.execute(sql);
            while (query || statement.getUpdateCount() >= 0) {
                rows += query ? 0 : statement.getUpdateCount();
                query = statement.getMoreResults();
            }
            return rows;
        }
    }

    /** A unique, foreign or check rule, or one of our own, said no. */
    static boolean isRefusal(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith(INTEGRITY) || state.startsWith("TC"));
    }

    static String sentence(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    private static void rollback(Connection owner, Exception cause) {
        try {
            owner.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
