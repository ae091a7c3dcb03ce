package com.techcourse.platform;

import com.techcourse.platform.TransactionKind.Stage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Transactions of the web application. Each says first who acts, so that row security decides what it sees.
 *
 * <p>While the database is away (another node takes over, the pooler is started again) they wait for it for some seconds
 * and begin again, as long as it is certain that nothing was committed.
 */
@Component
public class ActingTransactions {

    private static final Settings QUIET = new Settings().withExecuteLogging(false);

    private static final String ACT_AS = "select platform.act_as(?::uuid, ?), set_config('statement_timeout', ?, true)";

    /** The same, and how far the primary has written all that it acknowledged: see {@link RequestMemory}. */
    private static final String ACT_AS_AT = ACT_AS + """
            , case when pg_is_in_recovery() then null
              when current_setting('synchronous_commit') = 'off' then pg_current_wal_insert_lsn()
              else pg_current_wal_flush_lsn() end::text,
            extract(epoch from pg_postmaster_start_time())::text
            """;

    private static final int LSN = 3;
    private static final int SERVER = 4;

    /** No such function, not supported, not allowed. */
    private static final Set<String> NOT_OFFERED = Set.of("42883", "0A000", "42501");

    private static final Set<String> MET_OTHERS = Set.of("40001", "40P01");
    private static final int MOST_REPETITIONS = 4;

    /** One less than there are connections: the pool itself lets the last to come go first when many wait. */
    private static final int MOST_AT_ONCE = 19;

    private static final int PATIENCE_SECONDS = 10;

    private static final long PAUSE_MILLIS = 100;

    private final DataSource dataSource;
    private final Standbys standbys;
    private final Duration patience;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);

    /**
     * @param patience how long a request, or a transaction in the background, waits for a database that is away: longer
     *     than a takeover, shorter than people wait
     */
    ActingTransactions(
            DataSource dataSource,
            Standbys standbys,
            @Value("${techcourse.patience-with-database:15s}") Duration patience) {
        this.dataSource = dataSource;
        this.standbys = standbys;
        this.patience = patience;
    }

    /**
     * A transaction that may write; rolled back when {@code work} throws. It is repeated when it met others at the
     * wrong moment (40001, 40P01) or lost the database before its commit, so {@code work} does nothing outside the
     * database.
     *
     * @throws OutcomeUnknown where the database was lost during the commit
     */
    public <T> T write(Acting who, Function<DSLContext, T> work) {
        return patiently(who, TransactionKind.WRITES, work);
    }

    /**
     * The same for work that the database knows when it comes twice, by a key, a revision or a state, and then answers
     * as before: it is repeated also where the database was lost during the commit.
     */
    public <T> T writeRepeatably(Acting who, Function<DSLContext, T> work) {
        return patiently(who, TransactionKind.WRITES_REPEATABLY, work);
    }

    /** For background work whose statements take minutes; what it lost on the way, it does again as a whole. */
    public <T> T writeLong(Acting who, Function<DSLContext, T> work) {
        return patiently(who, TransactionKind.WRITES_LONG, work);
    }

    /** A read-only transaction. */
    public <T> T read(Acting who, Function<DSLContext, T> work) {
        return patiently(who, TransactionKind.READS, work);
    }

    /** A read-only transaction for long downloads, whose statements may take their time. */
    public <T> T readLong(Acting who, Function<DSLContext, T> work) {
        return patiently(who, TransactionKind.READS_LONG, work);
    }

    /**
     * A read-only transaction for reports: whatever is written meanwhile, all its statements see the same moment, so
     * that lines and totals of one answer agree. Its statements may take their time.
     */
    public <T> T readSnapshot(Acting who, Function<DSLContext, T> work) {
        return patiently(who, TransactionKind.READS_ONE_MOMENT, work);
    }

    /**
     * A read-only transaction that may see what was a moment ago, on a standby where there is one. Whoever is signed in
     * still sees all that was acknowledged before the request came. Never for what decides something. It may be done
     * twice, so {@code work} sends nothing to the caller.
     */
    public <T> T readRecent(Acting who, Function<DSLContext, T> work) {
        return recently(who, TransactionKind.READS, work);
    }

    /** The same, whose statements may take their time. */
    public <T> T readRecentLong(Acting who, Function<DSLContext, T> work) {
        return recently(who, TransactionKind.READS_LONG, work);
    }

    /** The same as {@link #readSnapshot}, a moment old. */
    public <T> T readRecentSnapshot(Acting who, Function<DSLContext, T> work) {
        return recently(who, TransactionKind.READS_ONE_MOMENT, work);
    }

    private <T> T recently(Acting who, TransactionKind kind, Function<DSLContext, T> work) {
        Optional<T> result = standbys.read(who, kind, work);
        return result.isPresent() ? result.get() : patiently(who, kind, work);
    }

    private <T> T patiently(Acting who, TransactionKind kind, Function<DSLContext, T> work) {
        long end = System.nanoTime() + patience.toNanos();
        Optional<RequestMemory> request = RequestMemory.current();
        int met = 0;
        if (kind.writes()) {
            standbys.wrote();
        }
        while (true) {
            Attempt attempt = new Attempt(who, kind, answerMillis(kind, request));
            try {
                return attempt.of(work);
            } catch (DataAccessException e) {
                if (kind.writes() && MET_OTHERS.contains(e.sqlState())) {
                    met++;
                    if (met == MOST_REPETITIONS) {
                        throw e;
                    }
                } else if (attempt.wasRefusedTheMoment(e)) {
                    standbys.giveUp(e);
                } else {
                    attempt.pauseOrGiveUp(
                            e, () -> request.map(one -> one.patienceEnds(end)).orElse(end));
                }
            }
        }
    }

    /** Once a request has lost the database, a server that hangs is not to take its time again. */
    private static int answerMillis(TransactionKind kind, Optional<RequestMemory> request) {
        OptionalLong end = request.map(RequestMemory::patienceEnds).orElse(OptionalLong.empty());
        return end.isEmpty()
                ? kind.answerMillis()
                : kind.answerMillis(Duration.ofNanos(end.getAsLong() - System.nanoTime()));
    }

    /** One transaction, and how far it came. */
    private final class Attempt {

        private final Acting who;
        private final TransactionKind kind;
        private final int answerMillis;
        private Stage stage = Stage.BEGINNING;
        private boolean asksForTheMoment;

        private Attempt(Acting who, TransactionKind kind, int answerMillis) {
            this.who = who;
            this.kind = kind;
            this.answerMillis = answerMillis;
        }

        private <T> T of(Function<DSLContext, T> work) {
            await();
            try (Connection connection = dataSource.getConnection()) {
                connection.setNetworkTimeout(Runnable::run, answerMillis);
                connection.setReadOnly(!kind.writes());
                connection.setAutoCommit(false);
                try {
                    begin(connection);
                    stage = Stage.WORKING;
                    T result = work.apply(DSL.using(connection, SQLDialect.POSTGRES, QUIET));
                    stage = Stage.COMMITTING;
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

        /** Plain JDBC: this is done for every transaction there is. */
        private void begin(Connection connection) throws SQLException {
            if (kind == TransactionKind.READS_ONE_MOMENT) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(TransactionKind.ONE_MOMENT);
                }
            }
            Optional<RequestMemory> request = standbys.openRequest();
            asksForTheMoment = request.isPresent();
            try (PreparedStatement acting = connection.prepareStatement(asksForTheMoment ? ACT_AS_AT : ACT_AS)) {
                acting.setObject(1, who.userId(), Types.OTHER);
                acting.setString(2, who.role());
                acting.setString(3, kind.statementTimeout());
                try (ResultSet answer = acting.executeQuery()) {
                    answer.next();
                    if (request.isPresent() && answer.getString(LSN) != null) {
                        standbys.note(request.get(), new Moment(answer.getString(LSN), answer.getString(SERVER)));
                    }
                }
            }
        }

        /** Waits a moment where the database is away and all may begin again. */
        private void pauseOrGiveUp(DataAccessException lost, LongSupplier end) {
            if (!Away.is(lost, kind)) {
                throw lost;
            }
            if (!kind.mayBeginAgain(stage) || System.nanoTime() - end.getAsLong() > 0) {
                throw stage == Stage.COMMITTING && kind.writes() ? new OutcomeUnknown(lost) : lost;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw lost;
            }
        }

        /** The position, which not every offer of PostgreSQL tells. */
        private boolean wasRefusedTheMoment(DataAccessException e) {
            return asksForTheMoment && stage == Stage.BEGINNING && NOT_OFFERED.contains(e.sqlState());
        }
    }

    /** How many transactions wait for their turn, about. */
    public int waiting() {
        return turns.getQueueLength();
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

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
