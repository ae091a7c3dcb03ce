package com.techcourse.platform.migration;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The one linear history of the schema. */
public final class Migrations {

    private Migrations() {}

    /** A hash over all SQL of this version. */
    public static String checksum() {
        return MigrationFiles.all().checksum();
    }

    /** Brings the database to the newest version; does nothing when it is there already. */
    public static void migrate(DatabaseUrl owner, Consumer<String> progress) {
        try {
            int done = Flyway.configure()
                    .dataSource(owner.jdbcUrl(), owner.user(), owner.password())
                    .locations("classpath:db/migration", "classpath:db/views", "classpath:db/comments")
                    .schemas("platform")
                    .defaultSchema("platform")
                    .table("schema_history")
                    .initSql("set lock_timeout = '5s'; set client_min_messages = warning")
                    .cleanDisabled(true)
                    .load()
                    .migrate()
                    .migrationsExecuted;
            progress.accept(done + " migrations applied");
        } catch (FlywayException e) {
            throw new DatabaseProblem(
                    "The migration failed: " + e.getMessage(), "Nothing of the failed step was kept.", e);
        }
    }
}
