package com.techcourse.platform.migration;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** One run of the migration tool; each migration is one transaction. */
record FlywayRun(DatabaseUrl owner, MigrationFiles files, Consumer<String> progress) {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String SESSION =
            "set lock_timeout = '5s'; set statement_timeout = 0; set client_min_messages = warning";

    void run() {
        try {
            int done = flyway().migrate().migrationsExecuted;
            progress.accept(done == 1 ? "1 migration applied" : done + " migrations applied");
        } catch (FlywayException e) {
            throw problem(e);
        }
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.user(), owner.password())
                .resourceProvider(new MigrationResources(files))
                .javaMigrationClassProvider(() -> java.util.List.of())
                .schemas("platform")
                .defaultSchema("platform")
                .table("schema_history")
                .initSql(SESSION)
                .callbacks(new StepsTold(files.count(), progress))
                .cleanDisabled(true)
                .load();
    }

    private DatabaseProblem problem(FlywayException failure) {
        SQLException answer = answer(failure);
        String step = failure.getMessage() == null
                ? ""
                : failure.getMessage().lines().findFirst().orElse("");
        if (answer == null) {
            return new DatabaseProblem(
                    "The migration was refused: "
                            + String.valueOf(failure.getMessage()).strip(),
                    "Applied migrations never change: restore the file as it was released.",
                    failure);
        }
        if (LOCK_NOT_AVAILABLE.equals(answer.getSQLState())) {
            return new DatabaseProblem(
                    "A migration needs a table that another session has locked for more than 5 seconds (" + step + ").",
                    "Nothing of that step was kept; end the long transaction (pg_stat_activity shows it) and start again.",
                    failure);
        }
        return new DatabaseProblem(
                "A migration failed: " + answer.getMessage() + " (" + step + ")",
                "Nothing of that step was kept; earlier steps stay.",
                failure);
    }

    private static @Nullable SQLException answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException answer) {
                return answer;
            }
        }
        return null;
    }
}
