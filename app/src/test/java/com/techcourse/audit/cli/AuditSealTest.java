package com.techcourse.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.platform.Acting;
import com.techcourse.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A superuser may do anything, but not unseen. Three blocks are sealed; each test tampers, verifies and rolls back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditSealTest {

    private static final String TRIGGERS = """
            alter table audit.change_log %1$s trigger change_log_append_only, %1$s trigger change_log_never_truncated;
            alter table audit.seals %1$s trigger seals_append_only, %1$s trigger seals_never_truncated
            """;

    private static final String FORGED =
            "insert into audit.change_log select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), %s))).*"
                    + " from audit.change_log l where l.transaction_id >= (select max(from_transaction) from audit.seals) limit 1";

    private TestDatabase database;
    private Connection superuser;
    private DSLContext tampering;

    @BeforeAll
    void sealThreeBlocks() throws SQLException {
        database = TestDatabase.create();
        database.owner().execute("select platform.ensure_partitions()");
        for (String share : List.of("0.61", "0.62", "0.63")) {
            changeShare(share);
            assertThat(seal(database)).isTrue();
        }
        superuser = database.superuserUrl().connect();
        superuser.setAutoCommit(false);
        tampering = DSL.using(superuser, SQLDialect.POSTGRES);
    }

    @AfterAll
    void drop() throws SQLException {
        superuser.close();
        database.close();
    }

    @AfterEach
    void undo() throws SQLException {
        superuser.rollback();
    }

    @Test
    void anUntouchedLogIsProven() {
        assertThat(verify(tampering, null))
                .startsWith("0 ")
                .contains("seals over")
                .contains("hold");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    update audit.change_log set new_values = '{"value": 0.99}' where transaction_id = (select max(transaction_id) from audit.change_log) | 3 | a row was changed
                    update audit.change_log set changed_at = changed_at + interval '1 microsecond' where transaction_id = (select max(transaction_id) from audit.change_log) | 3 | a row was changed
                    update audit.change_log set changed_by = gen_random_uuid() where transaction_id = (select max(transaction_id) from audit.change_log) | 3 | a row was changed
                    update audit.change_log set transaction_id = (select from_transaction from audit.seals where seal_no = 2) where transaction_id = (select max(transaction_id) from audit.change_log) | 2 | rows were sealed
                    delete from audit.change_log where transaction_id = (select max(transaction_id) from audit.change_log) | 3 | 1 rows were sealed, 0 are there
                    update audit.seals set row_count = row_count + 1 where seal_no = 2 | 2 | the seal itself was changed
                    update audit.seals set last_changed_at = now() where seal_no = 2 | 2 | the seal itself was changed
                    update audit.seals set sealed_at = now() where seal_no = 2 | 2 | the seal itself was changed
                    alter table audit.seals alter seal_hash drop not null; update audit.seals set seal_hash = null where seal_no = 3 | 3 | the seal itself was changed
                    delete from audit.seals where seal_no = 2 | 3 | the seals between 1 and 3 are missing
                    delete from audit.seals where seal_no = 1 | 2 | the seals between 0 and 2 are missing
                    """)
    void aSealedBlockThatWasTamperedWithIsNamed(String tamper, int block, String fault) {
        assertFound(tamper, block, fault);
    }

    @Test
    void aDroppedPartitionIsFound() {
        String partition = (String) tampering
                .fetchSingle("select tableoid::regclass::text from audit.change_log limit 1")
                .get(0);
        assertFound("drop table " + partition, 1, "0 are there");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    'relation', 'x.y' | 3 | 1 rows were sealed, 2 are there
                    'transaction_id', '0' | 1 | rows were sealed
                    'transaction_id', pg_snapshot_xmin(pg_current_snapshot()), 'changed_at', now() - interval '1 hour' | | claim to be older than a seal
                    'transaction_id', pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1000 | | still to come
                    'transaction_id', pg_snapshot_xmin(pg_current_snapshot()), 'changed_at', now() + interval '1 hour' | | still to come
                    'origin', 42 | | a database cluster that was closed
                    """)
    void aRowSlippedInLaterIsFound(String claims, @Nullable Integer block, String fault) {
        tampering.execute(
                "select platform.ensure_partitions('audit.change_log', now() - interval '2 hours', now() + interval '2 hours')");
        assertFound(FORGED.formatted(claims), block, fault);
    }

    @Test
    void anExportedSealFindsAChainThatWasCutAtItsEnd(@TempDir Path folder) {
        Path kept = export(folder);
        tamper(tampering, "delete from audit.seals where seal_no >= 2");
        assertThat(verify(tampering, null)).startsWith("0 ");
        assertThat(verify(tampering, kept)).startsWith("1 ").contains("no longer in the chain");
    }

    @Test
    void anExportedSealFindsAChainThatWasRewrittenAsAWhole(@TempDir Path folder) {
        Path kept = export(folder);
        tamper(tampering, "create temp table former on commit drop as select * from audit.seals");
        tamper(tampering, "update audit.change_log set new_values = '{\"value\": 0.99}' where old_values is not null");
        tamper(tampering, "delete from audit.seals");
        tampering.execute("""
                do $$
                declare s record;
                begin
                  for s in select * from former order by seal_no loop
                    perform audit.add_seal(s.origin, s.to_transaction, s.open_transaction, s.sealed_at, false);
                  end loop;
                end $$
                """);
        assertThat(verify(tampering, null)).startsWith("0 ");
        assertThat(verify(tampering, kept)).startsWith("1 ").contains("the chain was rewritten");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create or replace function audit.verify() returns table (seal_no bigint, fault text) language sql as 'select 1::bigint, null where false'",
                "alter table audit.change_log disable trigger change_log_append_only",
                "alter table catalog.courses disable trigger courses_audit",
                "alter table catalog.courses enable trigger courses_audit"
            })
    void aProofThatWasSwitchedOffIsFound(String sabotage) {
        tampering.execute(sabotage);
        assertThat(verify(tampering, null))
                .startsWith("1 ")
                .containsAnyOf("is switched off", "not the one of this version");
    }

    @Test
    void aPriceChangedBehindTheTriggersBackIsFound() {
        UUID course = course();
        assertThat(verify(tampering, null)).startsWith("0 ");
        tampering.execute(
                "alter table catalog.courses disable trigger courses_audit; update catalog.courses set price = 1;"
                        + " alter table catalog.courses enable always trigger courses_audit");
        assertThat(verify(tampering, null))
                .startsWith("1 ")
                .contains("the price of the course " + course + " is 1.00 EUR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "techcourse_owner",
                "techcourse_app",
                "auditor",
                "techcourse_recorder",
                "techcourse_loader",
                "techcourse_reader"
            })
    void nobodyThatTheProductUsesChangesTheLog(String role) throws SQLException {
        String partition = (String) tampering
                .fetchSingle("select tableoid::regclass::text from audit.change_log limit 1")
                .get(0);
        for (String table : List.of("audit.change_log", "audit.seals", partition)) {
            for (String verb :
                    List.of("delete from " + table, "truncate " + table, "update " + table + " set origin = 1")) {
                tampering.execute("set local role " + role);
                assertThatThrownBy(() -> tampering.execute(verb))
                        .as(role + ": " + verb)
                        .isInstanceOfSatisfying(
                                DataAccessException.class,
                                e -> assertThat(e.sqlState()).isIn("TC501", "42501"));
                superuser.rollback();
            }
        }
    }

    @Test
    void anOpenTransactionIsSealedAfterItEndedAndNobodyWaits() throws SQLException {
        try (TestDatabase fresh = TestDatabase.create();
                Connection open = fresh.ownerUrl().connect()) {
            fresh.owner().execute("select platform.ensure_partitions()");
            seal(fresh);
            open.setAutoCommit(false);
            DSL.using(open, SQLDialect.POSTGRES)
                    .execute("update platform.settings set value = '31' where name = 'refund_window_days'");
            changeShare(fresh, "0.5");
            assertThat(seal(fresh)).as("the younger one waits for the older").isFalse();
            open.commit();
            assertThat(seal(fresh)).isTrue();
            assertThat(fresh.owner()
                            .fetchSingle("select max(row_count) from audit.seals")
                            .get(0))
                    .isEqualTo(2L);
            assertThat(fresh.owner().fetch("select * from audit.verify()")).isEmpty();
        }
    }

    @Test
    void writersNeverWaitForASealerAndASecondSealerLeavesItToTheFirst() throws SQLException {
        try (TestDatabase fresh = TestDatabase.create();
                Connection sealer = fresh.appUrl().connect()) {
            fresh.owner().execute("select platform.ensure_partitions()");
            changeShare(fresh, "0.4");
            sealer.setAutoCommit(false);
            String job =
                    "select case when pg_try_advisory_xact_lock(hashtext('audit.sealing')) then (audit.seal()).seal_no end";
            assertThat(DSL.using(sealer, SQLDialect.POSTGRES).fetchSingle(job).get(0))
                    .isNotNull();
            fresh.owner()
                    .execute(
                            "set lock_timeout = '1s'; update platform.settings set value = '0.5' where name = 'instructor_share'");
            assertThat(fresh.<Boolean>as(
                            Acting.visitor(), app -> app.fetchSingle(job).get(0) == null))
                    .isTrue();
            sealer.commit();
        }
    }

    @Test
    void manyWritersAndASealerAgree() throws Exception {
        try (TestDatabase fresh = TestDatabase.create();
                ExecutorService writers = Executors.newFixedThreadPool(7)) {
            fresh.owner().execute("select platform.ensure_partitions()");
            fresh.owner()
                    .execute("insert into platform.settings (name, value, description)"
                            + " select 'test_' || n, '0', 'of a test' from generate_series(1, 6) n");
            List<Future<Boolean>> work = IntStream.rangeClosed(1, 6)
                    .mapToObj(n -> writers.submit(write(fresh, "test_" + n)))
                    .toList();
            while (!work.stream().allMatch(Future::isDone)) {
                seal(fresh);
                Thread.sleep(5);
            }
            for (Future<Boolean> done : work) {
                awaited(done);
            }
            seal(fresh);
            assertThat(fresh.owner().fetch("select * from audit.verify()")).isEmpty();
            assertThat(fresh.owner()
                            .fetchSingle("select sum(row_count), count(*) > 10 from audit.seals")
                            .valuesRow()
                            .toString())
                    .isEqualTo(fresh.owner()
                            .fetchSingle("select count(*)::numeric, true from audit.change_log")
                            .valuesRow()
                            .toString());
        }
    }

    /** Transactions that stay open for a while, half of them with a savepoint, a third of them rolled back. */
    private static Callable<Boolean> write(TestDatabase database, String setting) {
        return () -> {
            try (Connection connection = database.ownerUrl().connect()) {
                connection.setAutoCommit(false);
                DSLContext owner = DSL.using(connection, SQLDialect.POSTGRES);
                for (int n = 1; n <= 120; n++) {
                    owner.execute("savepoint before");
                    owner.execute("update platform.settings set value = ?::jsonb where name = ?", "" + n, setting);
                    owner.execute("release savepoint before");
                    owner.execute(
                            "select pg_sleep(?)", ThreadLocalRandom.current().nextDouble(0.02));
                    owner.execute(n % 3 == 0 ? "rollback" : "commit");
                    owner.execute("begin");
                }
            }
            return true;
        };
    }

    @Test
    void rowsFromAnotherClusterAreClosedInAndTheChainGoesOn() throws SQLException {
        try (TestDatabase restored = TestDatabase.create();
                Connection connection = restored.superuserUrl().connect()) {
            DSLContext admin = DSL.using(connection, SQLDialect.POSTGRES);
            restored.owner().execute("select platform.ensure_partitions()");
            changeShare(restored, "0.1");
            seal(restored);
            changeShare(restored, "0.2"); // not sealed when the dump is taken
            admin.execute(
                    "create or replace function audit.origin() returns bigint language sql stable as 'select 42::bigint'");
            changeShare(restored, "0.3"); // the first change in the other cluster
            assertThat(seal(restored)).isTrue();
            assertThat(admin.fetch("select origin = 42, row_count from audit.seals order by seal_no")
                            .format())
                    .containsSubsequence("false", "1", "false", "1", "true", "1");
            assertThat(admin.fetch("select * from audit.verify()")).isEmpty();
            tamper(admin, "delete from audit.change_log where new_values ->> 'value' = '0.2'");
            assertThat(admin.fetch("select * from audit.verify()").format())
                    .contains("1 rows were sealed, 0 are there");
        }
    }

    @Test
    void aQuietHourIsSealedToo() {
        tamper(tampering, "update audit.seals set sealed_at = sealed_at - interval '2 hours'");
        assertThat(tampering.fetchSingle("select (audit.seal()).row_count").get(0))
                .isEqualTo(0L);
        assertThat(tampering.fetchSingle("select (audit.seal()).row_count").get(0))
                .isNull();
    }

    private void assertFound(String tamper, @Nullable Integer block, String fault) {
        for (String statement : tamper.split(";")) {
            tamper(tampering, statement);
        }
        assertThat(verify(tampering, null))
                .startsWith("1 ")
                .containsPattern((block == null ? "\n\\s*" : "\n\\s*" + block + "\\s+") + ".*" + fault);
    }

    /** With the triggers out of the way, and switched on again, so that nobody sees it from them. */
    private static void tamper(DSLContext superuser, String statement) {
        superuser.execute(TRIGGERS.formatted("disable"));
        superuser.execute(statement);
        superuser.execute(TRIGGERS.formatted("enable always"));
    }

    /** Exit code and output of the command, run as the auditor inside the tampering transaction. */
    private static String verify(DSLContext session, @Nullable Path exported) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        session.execute("savepoint as_superuser");
        session.execute("set local role auditor");
        int exitCode = new Verify(exported).answer(session, new PrintStream(out, true, StandardCharsets.UTF_8));
        session.execute("rollback to savepoint as_superuser");
        return exitCode + " " + out.toString(StandardCharsets.UTF_8);
    }

    private Path export(Path folder) {
        Path file = folder.resolve("seal.json");
        database.as(Acting.persona("auditor"), session -> {
            try {
                return Files.writeString(file, ExportedSeal.newest(session));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return file;
    }

    /** Whether there was something to seal. */
    private static boolean seal(TestDatabase database) {
        return database.as(
                Acting.persona("auditor"),
                session -> session.fetchSingle("select (audit.seal()).seal_no").get(0) != null);
    }

    private void changeShare(String share) {
        changeShare(database, share);
    }

    private static void changeShare(TestDatabase database, String share) {
        database.owner()
                .execute("update platform.settings set value = ?::jsonb where name = 'instructor_share'", share);
    }

    private UUID course() {
        tampering.execute(
                "insert into identity.users (id, email, display_name) values ('00000000-0000-7000-8000-000000000001', 'a@example.org', 'A')");
        tampering.execute(
                "insert into identity.user_roles (user_id, role) values ('00000000-0000-7000-8000-000000000001', 'instructor')");
        tampering.execute(
                "insert into catalog.categories (id, slug, name, position) values ('00000000-0000-7000-8000-000000000002', 'a', 'A', 1)");
        return tampering.fetchSingle("""
                        insert into catalog.courses (slug, instructor_id, category_id, title, price, currency, status)
                        values ('a', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 'A', 10, 'EUR', 'published')
                        returning id
                        """).get(0, UUID.class);
    }

    private static void awaited(Future<?> work) throws InterruptedException {
        try {
            work.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
