package com.techcourse.platform;

import com.techcourse.platform.migration.Migrations;
import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The academy's database, opened and migrated, wherever it is. For commands; one thread uses it at a time. */
public final class Database implements AutoCloseable {

    private final Optional<EmbeddedPostgres> embedded;
    private final DatabaseUrl ownerUrl;
    private final DatabaseUrl appUrl;
    private @Nullable Connection owner;
    private @Nullable Connection app;

    private Database(Optional<EmbeddedPostgres> embedded, DatabaseUrl ownerUrl, DatabaseUrl appUrl) {
        this.embedded = embedded;
        this.ownerUrl = ownerUrl;
        this.appUrl = appUrl;
    }

    public static Database open(Environment environment) {
        return open(environment, message -> {});
    }

    public static Database open(Environment environment, Consumer<String> progress) {
        Optional<DatabaseUrl> url = environment.databaseUrl();
        if (url.isPresent()) {
            Migrations.migrate(url.get(), progress);
            return new Database(Optional.empty(), url.get(), url.get().withUser("techcourse_app", ""));
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.start(environment.dataFolder(), progress);
        try {
            Migrations.migrate(postgres.owner(), progress);
            postgres.givePasswords();
            return new Database(Optional.of(postgres), postgres.owner(), postgres.app());
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    public DatabaseUrl ownerUrl() {
        return ownerUrl;
    }

    public DatabaseUrl appUrl() {
        return appUrl;
    }

    /** As the owner, who is under row security too: bulk work needs {@code set role techcourse_loader} first. */
    public DSLContext owner() {
        Connection open = owner == null ? connected(ownerUrl) : owner;
        owner = open;
        return dsl(open);
    }

    /** One transaction of the application in which {@code who} acts; rolled back when {@code work} throws. */
    public <T> T as(Acting who, Function<DSLContext, T> work) {
        Connection open = app == null ? connected(appUrl) : app;
        app = open;
        return dsl(open).transactionResult(transaction -> {
            transaction.dsl().execute("select platform.act_as({0}, {1})", DSL.val(who.userId()), DSL.val(who.role()));
            return work.apply(transaction.dsl());
        });
    }

    private static DSLContext dsl(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
    }

    private static Connection connected(DatabaseUrl url) {
        try {
            return url.connect();
        } catch (SQLException e) {
            throw new DatabaseProblem(
                    "The database " + url + " cannot be reached: " + e.getMessage(), "See TECHCOURSE_DATABASE_URL.", e);
        }
    }

    @Override
    public void close() {
        closeQuietly(owner);
        closeQuietly(app);
        embedded.ifPresent(EmbeddedPostgres::close);
    }

    private static void closeQuietly(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // the server ends it anyway
        }
    }
}
