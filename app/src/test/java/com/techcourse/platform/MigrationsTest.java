package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.platform.migration.Migrations;
import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server that somebody else runs: the owner is no superuser, several nodes start at once, and much may be missing. */
class MigrationsTest {

    @Test
    void anOwnerWhoIsNoSuperuserMigratesAnEmptyDatabase() {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            assertThat(database.owner()
                            .fetchSingle("select rolsuper from pg_roles where rolname = current_user")
                            .get(0))
                    .isEqualTo(false);
            Migrations.migrate(database.ownerUrl(), message -> {});
            assertThat(database.owner()
                            .fetchSingle("select to_regclass('reporting.daily_sales')")
                            .get(0))
                    .isNotNull();
        }
    }

    @Test
    void nodesThatStartAtOnceMigrateOnce() {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            List<CompletableFuture<Void>> nodes = Stream.generate(() ->
                            CompletableFuture.runAsync(() -> Migrations.migrate(database.ownerUrl(), message -> {})))
                    .limit(4)
                    .toList();
            assertThatCode(() -> nodes.forEach(CompletableFuture::join)).doesNotThrowAnyException();
            assertThat(database.owner()
                            .fetchSingle("select count(*) - count(distinct script) from platform.schema_history")
                            .get(0))
                    .as("nothing applied twice")
                    .isEqualTo(0L);
        }
    }

    @Test
    void whatIsUpToDateIsLeftAlone() {
        try (TestDatabase database = TestDatabase.create()) {
            List<String> said = new ArrayList<>();
            Migrations.migrate(database.ownerUrl(), said::add);
            assertThat(said).isEmpty();
        }
    }

    @Test
    void aLockedTableIsNotWaitedFor() throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Connection reader = database.superuserUrl().connect();
                Statement statement = reader.createStatement()) {
            again(database, "R__reporting_daily_sales.sql");
            reader.setAutoCommit(false);
            statement.execute("select from reporting.daily_sales"); // a report that nobody finished
            assertThatThrownBy(() -> Migrations.migrate(database.ownerUrl(), message -> {}))
                    .isInstanceOf(DatabaseProblem.class)
                    .hasMessageContaining("locked for more than 5 seconds");
            reader.rollback();
            assertThatCode(() -> Migrations.migrate(database.ownerUrl(), message -> {}))
                    .doesNotThrowAnyException();
        }
    }

    /** As a long load does: a command that finds every partition there is not held up by it. */
    @Test
    void whoMakesPartitionsHoldsUpNobodyWhoNeedsNone() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection maker = database.ownerUrl().connect();
                Statement statement = maker.createStatement()) {
            Migrations.migrate(database.ownerUrl(), message -> {});
            maker.setAutoCommit(false);
            statement.execute(
                    "select platform.ensure_partitions('learning.events', '2020-05-05 UTC', '2020-05-06 UTC')");
            assertThatCode(() -> Migrations.migrate(database.ownerUrl(), message -> {}))
                    .doesNotThrowAnyException();
            maker.rollback();
        }
    }

    @Test
    void aMissingPartitionThatCannotBeMadeNowIsASentence() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection maker = database.ownerUrl().connect();
                Statement statement = maker.createStatement()) {
            Migrations.migrate(database.ownerUrl(), message -> {});
            maker.setAutoCommit(false);
            statement.execute(
                    "select platform.ensure_partitions('learning.events', '2020-05-05 UTC', '2020-05-06 UTC')");
            database.owner().execute("update platform.partition_plan set months_ahead = months_ahead + 1");
            refused(database.ownerUrl(), "has locked a table for too long");
            maker.rollback();
            Migrations.migrate(database.ownerUrl(), message -> {});
            assertThat(database.owner()
                            .fetchSingle("select platform.ensure_partitions()")
                            .get(0))
                    .as("all were made")
                    .isEqualTo(0);
        }
    }

    /** An owner whom the server trusts has no password; nothing secret could be derived from that. */
    @Test
    void withoutTheOwnersPasswordNoneIsDerivedForTheApplication() {
        try (TestDatabase database = TestDatabase.create()) {
            DatabaseUrl owner = database.ownerUrl().withUser(database.ownerUrl().user(), "");
            assertThatThrownBy(() -> new AppSignIn(owner, AppSignIn.derived(owner)).connect())
                    .isInstanceOf(DatabaseProblem.class)
                    .hasMessageContaining("none can be derived");
        } finally {
            TestDatabase.restorePasswords();
        }
    }

    /** As if the file had changed with a new version. */
    private static void again(TestDatabase database, String script) {
        database.owner().execute("comment on table platform.schema_history is null");
        database.owner()
                .execute(
                        "update platform.schema_history set checksum = 0 where script like {0}",
                        org.jooq.impl.DSL.val("%" + script));
    }

    @Test
    void aNewerSchemaIsLeftAlone() {
        try (TestDatabase database = TestDatabase.create()) {
            database.owner().execute("comment on table platform.schema_history is null");
            database.owner().execute("update platform.schema_history set version = '998' where version = '001'");
            refused(database.ownerUrl(), "newer TechCourse (schema 998");
        }
    }

    @Test
    void aWrongPasswordIsASentenceThatDoesNotRepeatIt() {
        try (TestDatabase database = TestDatabase.create()) {
            refused(database.ownerUrl().withUser("techcourse_owner", "wr0ng"), "refuses the user \"techcourse_owner\"");
        }
    }

    @Test
    void aMissingDatabaseIsNamed() {
        try (TestDatabase database = TestDatabase.create()) {
            refused(database.ownerUrl().withDatabase("nowhere"), "has no database \"nowhere\"");
        }
    }

    @Test
    void aMissingServerIsNamed() {
        refused(
                new DatabaseUrl("127.0.0.1", 1, "d", "u", "wr0ng", Map.of()),
                "No PostgreSQL answers at 127.0.0.1 port 1");
    }

    @Test
    void missingPrivilegesAreNamed() throws SQLException {
        try (TestDatabase database = TestDatabase.createEmpty();
                Connection superuser = database.superuserUrl().connect();
                Statement statement = superuser.createStatement()) {
            statement.execute("drop role if exists guest");
            statement.execute("create role guest login password 'guest'");
            String name = database.ownerUrl().database();
            DatabaseUrl guest = database.ownerUrl().withUser("guest", "guest");
            refused(guest, "does not own the database");
            statement.execute("alter database " + name + " owner to guest");
            refused(guest, "may not create the database roles");
            statement.execute("alter database " + name + " owner to techcourse_owner");
            statement.execute("drop role guest");
        }
    }

    @Test
    void nodesAgreeOnThePasswordOfTheApplicationWithoutSharingAnything() {
        try (TestDatabase database = TestDatabase.create()) {
            Environment environment = new Environment(
                    Map.of("TECHCOURSE_DATABASE_URL", database.ownerUrl().uri()));
            try (Database one = Database.openForAcademy(environment, "one", message -> {});
                    Database other = Database.openForAcademy(environment, "other", message -> {})) {
                assertThat(one.appUrl()).isEqualTo(other.appUrl());
                assertThat(other.<Object>as(
                                Acting.visitor(),
                                dsl -> dsl.fetchSingle("select current_user::text")
                                        .toString()))
                        .asString()
                        .contains("techcourse_app");
            } finally {
                TestDatabase.restorePasswords();
            }
        }
    }

    private static void refused(DatabaseUrl owner, String sentence) {
        assertThatThrownBy(() -> Migrations.migrate(owner, message -> {}))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("wr0ng");
    }
}
