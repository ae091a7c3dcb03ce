package com.techcourse.testing;

import com.techcourse.platform.Acting;
import com.techcourse.platform.Database;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * A database of its own for one test or test class, migrated and empty: a clone of the template, made in a fraction of
 * a second. Roles belong to the server, so passwords and role settings are shared by all clones. Use:
 *
 * <pre>{@code
 * try (TestDatabase database = TestDatabase.create()) {
 *     database.as(Acting.student(id), dsl -> ...);
 * }
 * }</pre>
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final Database database;

    private TestDatabase(String name) {
        this.name = name;
        this.database = TestServer.database(name);
    }

    /** A clone of the migrated, empty template. */
    public static TestDatabase create() {
        return cloneOf(TestServer.TEMPLATE);
    }

    /** A clone of another test database, for example one with rows in it; nobody may be connected to that one. */
    public static TestDatabase cloneOf(TestDatabase template) {
        template.database.close();
        return cloneOf(template.name);
    }

    /** Empty and not migrated, owned by the owner; for tests of the migrations themselves. */
    public static TestDatabase createEmpty() {
        return created("template1");
    }

    private static TestDatabase cloneOf(String template) {
        TestDatabase clone = created(template);
        // the grants on the database itself are not cloned
        administer("update pg_database set datacl = (select datacl from pg_database where datname = '" + template
                + "') where datname = '" + clone.name + "'");
        return clone;
    }

    private static TestDatabase created(String template) {
        String name = "test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
        administer("create database " + name + " template " + template + " owner techcourse_owner");
        return new TestDatabase(name);
    }

    private static EmbeddedPostgres server() {
        return TestServer.running();
    }

    /** After a test that changed the password of a role. */
    public static void restorePasswords() {
        TestServer.givePasswords();
    }

    /** The major version of the server, such as 15 or 18. */
    public static int major() {
        try (Connection connection =
                server().superuser().withDatabase("postgres").connect()) {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public Database database() {
        return database;
    }

    public DatabaseUrl ownerUrl() {
        return database.ownerUrl();
    }

    public DatabaseUrl appUrl() {
        return database.appUrl();
    }

    /** Of accountant, marketing, auditor, analyst. */
    public DatabaseUrl personaUrl(String role) {
        return server().persona(role).withDatabase(name);
    }

    /** For what only a superuser could do to us, such as tampering with the audit. */
    public DatabaseUrl superuserUrl() {
        return server().superuser().withDatabase(name);
    }

    public DSLContext owner() {
        return database.owner();
    }

    public <T> T as(Acting who, Function<DSLContext, T> work) {
        return database.as(who, work);
    }

    private static void administer(String sql) {
        try (Connection connection =
                        server().superuser().withDatabase("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        database.close();
        administer("drop database if exists " + name + " with (force)");
    }
}
