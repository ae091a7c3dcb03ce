package com.techcourse.loading.oulad;

import com.techcourse.platform.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** The second half of the import: from the staging tables into the academy, in one transaction, as the loader. */
final class Writing {

    private final Connection connection;
    private final Progress progress;

    Writing(Connection connection, Progress progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** How many rows each step wrote. With {@code dryRun} they are written, checked by every rule, and taken back. */
    Map<Step, Integer> write(boolean dryRun) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Map<Step, Integer> written = steps(dryRun);
            Phase commit = new Phase(dryRun ? "rollback (dry run)" : "commit");
            finish(dryRun);
            progress.say(commit.finished());
            return written;
        } catch (SQLException e) {
            rollbackAfter(e);
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    private Map<Step, Integer> steps(boolean dryRun) throws SQLException {
        makePartitions(dryRun);
        Map<Step, Integer> written = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            Phase phase = new Phase(step.label());
            progress.of(step.label(), 0, 1);
            int rows = Scripts.update(connection, step.script());
            written.put(step, rows);
            progress.of(step.label(), 1, 1);
            progress.say(phase.finished(rows));
        }
        return written;
    }

    /** Partitions are the owner's, and of use on their own: a transaction apart keeps their locks short. */
    private void makePartitions(boolean dryRun) throws SQLException {
        Phase phase = new Phase("partitions");
        Scripts.execute(connection, "reset role");
        Scripts.execute(connection, Scripts.read("partitions"));
        if (!dryRun) {
            connection.commit();
        }
        Scripts.execute(connection, "set role techcourse_loader");
        progress.say(phase.finished());
    }

    private void finish(boolean dryRun) throws SQLException {
        if (dryRun) {
            connection.rollback();
        } else {
            connection.commit();
        }
    }

    private void rollbackAfter(SQLException failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** In the order in which foreign keys need them; one statement each. */
    enum Step {
        USERS("write-users"),
        ROLES("write-roles"),
        PROFILES("write-profiles"),
        CATEGORY("write-category"),
        COURSES("write-courses"),
        QUIZZES("write-quizzes"),
        ENROLLMENTS("write-enrollments"),
        SLOTS("write-slots"),
        ATTEMPTS("write-attempts");

        private final String script;

        Step(String script) {
            this.script = script;
        }

        String script() {
            return script;
        }

        String label() {
            return "writing " + script.substring("write-".length());
        }
    }
}
