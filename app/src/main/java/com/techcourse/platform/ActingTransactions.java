package com.techcourse.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
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

    private static final Set<String> MET_OTHERS = Set.of("40001", "40P01");
    private static final int MOST_REPETITIONS = 4;

    private final DataSource dataSource;

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
        try (Connection connection = dataSource.getConnection()) {
            connection.setReadOnly(kind != Kind.WRITES);
            return DSL.using(connection, SQLDialect.POSTGRES, QUIET).transactionResult(transaction -> {
                DSLContext dsl = transaction.dsl();
                if (kind == Kind.READS_ONE_MOMENT) {
                    dsl.execute(ONE_MOMENT);
                }
                dsl.execute(
                        "select platform.act_as({0}, {1}), set_config('statement_timeout', {2}, true)",
                        DSL.val(who.userId()), DSL.val(who.role()), DSL.val(patience));
                return work.apply(dsl);
            });
        } catch (SQLException e) {
            throw new DataAccessException("The database cannot be reached.", e);
        }
    }
}
