package com.techcourse.loading.csv;

import com.techcourse.platform.Problem;
import com.techcourse.platform.Problems;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of the staging table in one transaction. Where a rule refuses a set of rows, the set is halved until
 * the row is found; so a good file costs a few statements, and each bad row of a bad one a few more.
 */
final class Writing {

    private static final long ROWS_AT_ONCE = 5_000;
    private static final int MOST_FOUND = 1_000;

    private final Connection connection;
    private final Staging staging;
    private final Order order;
    private final Problems problems;
    private final List<Refusal> refusals = new ArrayList<>();
    private final String script;

    /** Rows that a rule refused when they were written. */
    private record Refusal(long first, long last, @Nullable String column, String sentence) {}

    Writing(Connection connection, Staging staging, Order order, Problems problems) {
        this.connection = connection;
        this.staging = staging;
        this.order = order;
        this.problems = problems;
        this.script = staging.script("write");
    }

    void write(ImportLog log) throws SQLException {
        connection.setAutoCommit(false);
        try {
            ImportLog.actAs(connection, order.by());
            for (long first = 2; first <= staging.lastLine(); first += ROWS_AT_ONCE) {
                write(first, Math.min(first + ROWS_AT_ONCE - 1, staging.lastLine()));
                log.progress(staging.rows());
            }
            boolean refused = !order.partial() && (!refusals.isEmpty() || isAnyRefused());
            if (refused || order.dryRun()) {
                connection.rollback();
                ImportLog.actAs(connection, order.by());
            }
            report(log, refused ? "refused" : "done");
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private void write(long first, long last) throws SQLException {
        if (refusals.size() >= MOST_FOUND) {
            refusals.add(new Refusal(first, last, null, "It was not tried, because too many others were refused."));
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            CsvImport.execute(connection, script.replace("/* range */", "s.line_no between " + first + " and " + last));
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            if (!isRefusal(e)) {
                throw e;
            }
            connection.rollback(before);
            if (first == last) {
                Problem problem = problems.of(e);
                refusals.add(new Refusal(first, last, problem.field(), problem.detail()));
            } else {
                long middle = (first + last) / 2;
                write(first, middle);
                write(middle + 1, last);
            }
        }
    }

    /** A unique, foreign or check rule, a value that fits no type, or a rule of our own. */
    private static boolean isRefusal(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("23") || state.startsWith("22") || state.startsWith("TC");
    }

    private boolean isAnyRefused() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("select exists (select from staged where outcome = 'refused')")) {
            found.next();
            return found.getBoolean(1);
        }
    }

    private void report(ImportLog log, String state) throws SQLException {
        try (PreparedStatement mark = connection.prepareStatement("""
                update staged set outcome = 'refused', column_name = ?, sentence = left(?, 500), subject_id = null
                 where line_no between ? and ? and outcome in ('created', 'updated')
                """)) {
            for (Refusal refusal : refusals) {
                mark.setString(1, refusal.column());
                mark.setString(2, refusal.sentence());
                mark.setLong(3, refusal.first());
                mark.setLong(4, refusal.last());
                mark.addBatch();
            }
            mark.executeBatch();
        }
        try (PreparedStatement rows = connection.prepareStatement("""
                insert into platform.import_rows (import_id, line_no, outcome, column_name, sentence, subject_id)
                select ?, line_no, outcome, column_name, sentence, subject_id from staged order by line_no
                """)) {
            rows.setObject(1, log.id());
            rows.execute();
        }
        try (PreparedStatement end = connection.prepareStatement("""
                update platform.imports i
                   set state = ?, finished_at = clock_timestamp(), row_count = c.n, created_count = c.created,
                       updated_count = c.updated, unchanged_count = c.unchanged, refused_count = c.refused
                  from (select count(*) as n, count(*) filter (where outcome = 'created') as created,
                               count(*) filter (where outcome = 'updated') as updated,
                               count(*) filter (where outcome = 'unchanged') as unchanged,
                               count(*) filter (where outcome = 'refused') as refused from staged) c
                 where i.id = ?
                """)) {
            end.setString(1, state);
            end.setObject(2, log.id());
            end.execute();
        }
    }
}
