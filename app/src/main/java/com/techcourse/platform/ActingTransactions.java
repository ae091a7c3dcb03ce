package com.techcourse.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Transactions of the web application. Each says first who acts, so that row security decides what it sees. */
@Component
public class ActingTransactions {

    private static final Settings QUIET = new Settings().withExecuteLogging(false);

    /** For one statement; what takes longer is no work for a request. */
    private static final String PATIENCE = "15s";

    private static final String LONG_PATIENCE = "10min";

    /** Before the first query: all that follow see the moment at which it began. */
    private static final String ONE_MOMENT = "set transaction isolation level repeatable read";

    private static final String ACT_AS = "select platform.act_as(?::uuid, ?), set_config('statement_timeout', ?, true)";

    private static final Set<String> MET_OTHERS = Set.of("40001", "40P01");
    private static final int MOST_REPETITIONS = 4;

    /** One less than there are connections: the pool itself lets the last to come go first when many wait. */
    private static final int MOST_AT_ONCE = 19;

    private static final int PATIENCE_SECONDS = 10;

    private final DataSource dataSource;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);

    ActingTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * A transaction that may write; rolled back when {@code work} throws. It is repeated when it met others at the
     * wrong moment (40001, 40P01), so {@code work} does nothing outside the database.
     */
    public <T> T write(Acting who, Function<DSLContext, T> work) {
        for (int repetition = 1; ; repetition++) {
            try {
                return in(who, Kind.WRITES, PATIENCE, work);
            } catch (DataAccessException e) {
                if (repetition == MOST_REPETITIONS || !MET_OTHERS.contains(e.sqlState())) {
                    throw e;
                }
            }
        }
    }

    /** A read-only transaction. */
    public <T> T read(Acting who, Function<DSLContext, T> work) {
        return in(who, Kind.READS, PATIENCE, work);
    }

    /** A read-only transaction for long downloads, whose statements may take their time. */
    public <T> T readLong(Acting who, Function<DSLContext, T> work) {
        return in(who, Kind.READS, LONG_PATIENCE, work);
    }

    /**
     * A read-only transaction for reports: whatever is written meanwhile, all its statements see the same moment, so
     * that lines and totals of one answer agree. Its statements may take their time.
     */
    public <T> T readSnapshot(Acting who, Function<DSLContext, T> work) {
        return in(who, Kind.READS_ONE_MOMENT, LONG_PATIENCE, work);
    }

    private enum Kind {
        WRITES,
        READS,
        READS_ONE_MOMENT
    }

    private <T> T in(Acting who, Kind kind, String patience, Function<DSLContext, T> work) {
        await();
        try (Connection connection = dataSource.getConnection()) {
            connection.setReadOnly(kind != Kind.WRITES);
            connection.setAutoCommit(false);
            try {
                begin(connection, who, kind, patience);
                T result = work.apply(DSL.using(connection, SQLDialect.POSTGRES, QUIET));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw new DataAccessException("The transaction could not be done.", e);
        } finally {
            turns.release();
        }
    }

    /** Whoever came first goes first. */
    private void await() {
        try {
            if (turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new DataAccessException(
                "Too many wait for the database.", new SQLTransientConnectionException("No turn in time."));
    }

    /** Plain JDBC: this is done for every transaction there is. */
    private static void begin(Connection connection, Acting who, Kind kind, String patience) throws SQLException {
        if (kind == Kind.READS_ONE_MOMENT) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(ONE_MOMENT);
            }
        }
        try (PreparedStatement acting = connection.prepareStatement(ACT_AS)) {
            acting.setObject(1, who.userId(), Types.OTHER);
            acting.setString(2, who.role());
            acting.setString(3, patience);
            acting.execute();
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
