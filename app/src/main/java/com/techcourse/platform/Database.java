package com.techcourse.platform;

import com.techcourse.platform.migration.Migrations;
import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.postgres.EmbeddedPostgres;
import com.techcourse.platform.postgres.ServerOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The academy's database, opened and migrated, wherever it is. {@link #as} may be called from many threads;
 * {@link #owner} is one session, for one thread at a time.
 */
public final class Database implements AutoCloseable {

    private static final Settings QUIET = new Settings().withExecuteLogging(false);

    private final Optional<EmbeddedPostgres> embedded;
    private final DatabaseUrl ownerUrl;
    private final DatabaseUrl appUrl;
    private final DatabaseUrl pooledUrl;
    private final Optional<DatabaseUrl> replicaUrl;
    private final KeptConnections appConnections;
    private @Nullable Connection owner;

    private Database(
            Optional<EmbeddedPostgres> embedded,
            DatabaseUrl ownerUrl,
            DatabaseUrl appUrl,
            DatabaseUrl pooledUrl,
            Optional<DatabaseUrl> replicaUrl) {
        this.embedded = embedded;
        this.ownerUrl = ownerUrl;
        this.appUrl = appUrl;
        this.pooledUrl = pooledUrl;
        this.replicaUrl = replicaUrl;
        this.appConnections = new KeptConnections(new AppSignIn(ownerUrl, appUrl));
    }

    /** For a command: joins a running academy on the data folder, or starts its database for as long as it is open. */
    public static Database open(Environment environment) {
        return open(environment, message -> {});
    }

    public static Database open(Environment environment, Consumer<String> progress) {
        return opened(
                environment,
                progress,
                () -> EmbeddedPostgres.joinOrStart(environment.dataFolder(), "a command", progress));
    }

    /** For a command that only looks: not migrated, so the schema may be older than this version, or absent. */
    public static Database openAsItIs(Environment environment, Consumer<String> progress) {
        Optional<DatabaseUrl> url = environment.databaseUrl();
        if (url.isPresent()) {
            return at(url.get(), environment);
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.joinOrStart(environment.dataFolder(), "a command", progress);
        return of(postgres);
    }

    /** For {@code up}: the database lasts as long as the academy, which nobody else may start on the same folder. */
    public static Database openForAcademy(Environment environment, String who, Consumer<String> progress) {
        Database database = opened(
                environment,
                progress,
                () -> EmbeddedPostgres.start(environment.dataFolder(), who, progress, ServerOptions.NONE));
        database.appConnections.release(
                database.appConnections.acquire()); // now, so that a pool finds its password set
        return database;
    }

    /** A database that is migrated already and outlives this object. */
    public static Database at(DatabaseUrl owner, DatabaseUrl app) {
        return new Database(Optional.empty(), owner, app, app, Optional.empty());
    }

    private static Database at(DatabaseUrl owner, Environment environment) {
        DatabaseUrl app = AppSignIn.derived(owner);
        return new Database(
                Optional.empty(),
                owner,
                app,
                environment.pooler().map(pooler -> pooler.to(app)).orElse(app),
                environment.replica().map(replica -> replica.to(app)));
    }

    private static Database of(EmbeddedPostgres postgres) {
        return new Database(Optional.of(postgres), postgres.owner(), postgres.app(), postgres.app(), Optional.empty());
    }

    private static Database opened(
            Environment environment, Consumer<String> progress, java.util.function.Supplier<EmbeddedPostgres> start) {
        Optional<DatabaseUrl> url = environment.databaseUrl();
        if (url.isPresent()) {
            Migrations.migrate(url.get(), progress);
            return at(url.get(), environment);
        }
        EmbeddedPostgres postgres = start.get();
        try {
            Migrations.migrate(postgres.owner(), progress, postgres::givePasswords);
            return of(postgres);
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

    /** The application's by the pooler, where there is one: for transactions alone, nothing lasts beyond their end. */
    public DatabaseUrl pooledUrl() {
        return pooledUrl;
    }

    /** The application's to standbys, where the operator names some: for reads that may be a moment old. */
    public Optional<DatabaseUrl> replicaUrl() {
        return replicaUrl;
    }

    /** For psql and BI tools. On a server of its own the administrator gives the personas their passwords. */
    public DatabaseUrl personaUrl(String role) {
        return embedded.map(postgres -> postgres.persona(role)).orElseGet(() -> ownerUrl.withUser(role, ""));
    }

    /** The server that ships, where the academy has no other. */
    public Optional<EmbeddedPostgres> embedded() {
        return embedded;
    }

    public boolean isEmbedded() {
        return embedded.isPresent();
    }

    /** As the owner, who is under row security too: bulk work needs {@code set role techcourse_loader} first. */
    public DSLContext owner() {
        try {
            Connection open = owner == null || owner.isClosed() ? ownerUrl.connect() : owner;
            owner = open;
            return DSL.using(open, SQLDialect.POSTGRES, QUIET);
        } catch (SQLException e) {
            throw DatabaseProblem.of(ownerUrl, e);
        }
    }

    /** One read-only transaction in which {@code who} acts, and all statements see the same moment. */
    public <T> T snapshotAs(Acting who, Function<DSLContext, T> work) {
        return DSL.using(appConnections, SQLDialect.POSTGRES, QUIET).transactionResult(transaction -> {
            DSLContext dsl = transaction.dsl();
            dsl.execute("set transaction isolation level repeatable read, read only");
            dsl.execute("select platform.act_as({0}::uuid, {1})", DSL.val(who.userId()), DSL.val(who.role()));
            return work.apply(dsl);
        });
    }

    /** One transaction of the application in which {@code who} acts; rolled back when {@code work} throws. */
    public <T> T as(Acting who, Function<DSLContext, T> work) {
        return as(who, work, appConnections);
    }

    /** The same over another source of connections of the application, such as a pool. */
    public <T> T as(Acting who, Function<DSLContext, T> work, ConnectionProvider connections) {
        return DSL.using(connections, SQLDialect.POSTGRES, QUIET).transactionResult(transaction -> {
            DSLContext dsl = transaction.dsl();
            dsl.execute("select platform.act_as({0}::uuid, {1})", DSL.val(who.userId()), DSL.val(who.role()));
            return work.apply(dsl);
        });
    }

    @Override
    public void close() {
        try {
            appConnections.close();
            if (owner != null) {
                owner.close();
            }
        } catch (SQLException e) {
            // the server ends the session anyway
        } finally {
            embedded.ifPresent(EmbeddedPostgres::close);
        }
    }
}
