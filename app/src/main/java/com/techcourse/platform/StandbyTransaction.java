package com.techcourse.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** One read-only transaction on a standby that has replayed a moment of the primary. */
record StandbyTransaction(Acting who, TransactionKind kind, Moment least) {

    private static final Settings QUIET = new Settings().withExecuteLogging(false);

    /** Where no standby is left, the primary may answer, but none that was primary before. */
    private static final String REACHED = """
            extract(epoch from pg_postmaster_start_time())::text,
            case when pg_is_in_recovery() then pg_last_wal_replay_lsn() >= ?::pg_lsn
              else ? in ('', extract(epoch from pg_postmaster_start_time())::text) end
            """;

    private static final String ASK = "select " + REACHED;
    private static final String ACT_AS =
            "select " + REACHED + ", platform.act_as(?::uuid, ?), set_config('statement_timeout', ?, true)";

    /** Until it is better to ask the primary: standbys are some milliseconds behind, or far. */
    private static final int[] PAUSES_MILLIS = {1, 2, 4, 8, 15, 20};

    /** Then the primary is asked: it is seldom that a pooler changes servers that often. */
    private static final int MOST_SERVERS_MET = 6;

    /** For the first answer; a standby that hangs is not waited for. */
    private static final int FIRST_ANSWER_MILLIS = 1_000;

    /** Nothing where the standby has not reached the moment in time. */
    <T> Optional<T> of(Connection connection, Function<DSLContext, T> work) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, FIRST_ANSWER_MILLIS);
        connection.setReadOnly(true);
        boolean reached = kind == TransactionKind.READS_ONE_MOMENT ? beginOneMoment(connection) : begin(connection);
        if (!reached) {
            rollBack(connection);
            return Optional.empty();
        }
        try {
            connection.setNetworkTimeout(Runnable::run, kind.answerMillisOfStandby());
            T result = work.apply(DSL.using(connection, SQLDialect.POSTGRES, QUIET));
            connection.commit();
            return Optional.of(result);
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection);
            throw e;
        }
    }

    private boolean begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return actAs(connection).reached || reachedInTime(connection).reached;
    }

    /**
     * The first query takes the snapshot before it can look how far the standby is, so that is looked at before; and
     * then whether it was the same server: a pooler before two may have gone to the other one.
     */
    private boolean beginOneMoment(Connection connection) throws SQLException {
        for (int n = 0; n < MOST_SERVERS_MET; n++) {
            connection.setAutoCommit(true);
            Answer before = ask(connection);
            if (!before.reached) {
                before = reachedInTime(connection);
            }
            if (!before.reached) {
                return false;
            }
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(TransactionKind.ONE_MOMENT);
            }
            if (actAs(connection).server.equals(before.server)) {
                return true;
            }
            connection.rollback();
        }
        return false;
    }

    private Answer reachedInTime(Connection connection) throws SQLException {
        for (int pause : PAUSES_MILLIS) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("The wait for a standby was interrupted.", e);
            }
            Answer answer = ask(connection);
            if (answer.reached) {
                return answer;
            }
        }
        return Answer.BEHIND;
    }

    private Answer ask(Connection connection) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(ASK)) {
            return answer(question);
        }
    }

    private Answer actAs(Connection connection) throws SQLException {
        try (PreparedStatement acting = connection.prepareStatement(ACT_AS)) {
            acting.setObject(3, who.userId(), Types.OTHER);
            acting.setString(4, who.role());
            acting.setString(5, kind.statementTimeoutOnStandby());
            return answer(acting);
        }
    }

    private Answer answer(PreparedStatement question) throws SQLException {
        question.setString(1, least.lsn());
        question.setString(2, least.server());
        try (ResultSet row = question.executeQuery()) {
            row.next();
            return new Answer(row.getString(1), row.getBoolean(2));
        }
    }

    private static void rollBack(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // the pool throws the connection away
        }
    }

    private record Answer(String server, boolean reached) {

        private static final Answer BEHIND = new Answer("", false);
    }
}
