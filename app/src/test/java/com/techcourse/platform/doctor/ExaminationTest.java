package com.techcourse.platform.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.techcourse.platform.Environment;
import com.techcourse.testing.Academy;
import com.techcourse.testing.BrokenBooks;
import com.techcourse.testing.PgBouncer;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TestDatabase;
import com.techcourse.testing.WithAcademy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Somebody breaks a thing; the doctor must see exactly that. Each test mends what it broke. */
class ExaminationTest extends WithAcademy {

    private static final Environment NOTHING_SET = new Environment(Map.of());

    private Finding finding(String check) {
        return Examination.of(database.database(), NOTHING_SET).stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private void sees(String check, Verdict verdict, String culprit) {
        Finding finding = finding(check);
        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(verdict);
        assertThat(finding.finding()).contains(culprit);
        assertThat(finding.remedy()).isNotBlank();
    }

    @Test
    void everyFileIsACheck() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/doctor"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".sql", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Examination.CHECKS.stream().map(Check::name).toList());
        }
    }

    /** The server of the tests is fast rather than durable; all else is as it should be. */
    @Test
    void aHealthyAcademyHasNoProblem() {
        assertThat(Examination.of(database.database(), NOTHING_SET))
                .filteredOn(finding -> finding.verdict() != Verdict.OK)
                .as("%s", Examination.of(database.database(), NOTHING_SET))
                .extracting(Finding::check)
                .isSubsetOf("durability", "long-transactions", "backups");
        sees("durability", Verdict.PROBLEM, "fsync");
    }

    @Test
    void aDatabaseThatWasNeverMigrated() {
        try (TestDatabase empty = TestDatabase.createEmpty()) {
            List<Finding> findings = Examination.of(empty.database(), NOTHING_SET);
            assertThat(findings).hasSameSizeAs(Examination.CHECKS);
            assertThat(findings)
                    .filteredOn(finding -> finding.check().equals("migrations"))
                    .singleElement()
                    .extracting(Finding::verdict, Finding::remedy)
                    .containsExactly(Verdict.PROBLEM, "Run: ./techcourse migrate");
        }
    }

    @Test
    void anOlderAndANewerSchema() {
        owner.run("update platform.schema_history set version = '999' where version = '001'");
        sees("migrations", Verdict.PROBLEM, "999");
        owner.run("update platform.schema_history set version = '001' where version = '999'");
        assertThat(finding("migrations").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anIndexThatWasNeverFinished() {
        owner.run("create table platform.twice as select 1 as number from generate_series(1, 2)");
        Refusal.by(
                "23505",
                "twice_number_key",
                () -> owner.run("create unique index concurrently twice_number_key on platform.twice (number)"));
        sees("invalid-indexes", Verdict.PROBLEM, "platform.twice_number_key");
        sees("row-security", Verdict.PROBLEM, "platform.twice");
        owner.run("drop table platform.twice");
    }

    @Test
    void rowSecuritySwitchedOff() {
        owner.run("alter table sales.orders no force row level security");
        sees("row-security", Verdict.PROBLEM, "sales.orders");
        owner.run("alter table sales.orders force row level security, disable row level security");
        sees("row-security", Verdict.PROBLEM, "sales.orders");
        owner.run("alter table sales.orders enable row level security");
    }

    @Test
    void aMissingPartition() {
        String next = "learning.events_p"
                + owner.one("select to_char(now() at time zone 'UTC' + interval '1 month', 'YYYYMM')");
        owner.run("drop table " + next);
        sees("partitions", Verdict.PROBLEM, "learning.events");
        owner.run("select platform.ensure_partitions()");
        assertThat(finding("partitions").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aMonthInBetween() {
        owner.run("select platform.ensure_partitions('learning.events', '2025-01-15 UTC', '2025-01-16 UTC')");
        sees("partitions", Verdict.NOTE, "learning.events 2025-02");
        owner.run("drop table learning.events_p202501");
    }

    @Test
    void guardsThatNoLongerFireAlways() {
        owner.run("alter table audit.change_log disable trigger change_log_append_only");
        sees("append-only", Verdict.PROBLEM, "audit.change_log");
        owner.run("alter table audit.change_log enable always trigger change_log_append_only");
        owner.run("alter table catalog.courses enable trigger courses_audit");
        sees("append-only", Verdict.PROBLEM, "catalog.courses");
        owner.run("alter table catalog.courses enable always trigger courses_audit");
        assertThat(finding("append-only").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aRoleWithTooMuchPower() {
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            superuser.run("alter role analyst bypassrls");
            try {
                sees("roles", Verdict.PROBLEM, "analyst");
            } finally {
                superuser.run("alter role analyst nobypassrls");
            }
            superuser.run("grant techcourse_loader to auditor");
            try {
                sees("roles", Verdict.PROBLEM, "auditor is a member of techcourse_loader");
            } finally {
                superuser.run("revoke techcourse_loader from auditor");
            }
        }
        assertThat(finding("roles").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void anIndexTooMuchAndOneTooFew() {
        owner.run("create index courses_slug_again_idx on catalog.courses (slug)");
        sees("duplicate-indexes", Verdict.NOTE, "catalog.courses_slug_again_idx");
        owner.run("drop index catalog.courses_slug_again_idx");
        owner.run("drop index sales.payouts_approved_by_idx");
        sees("missing-indexes", Verdict.NOTE, "payouts_approved_by_fkey");
        owner.run("create index payouts_approved_by_idx on sales.payouts (approved_by) where approved_by is not null");
    }

    @Test
    void aMissingExtension() {
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            superuser.run("alter extension unaccent set schema public");
            sees("extensions", Verdict.PROBLEM, "unaccent");
            superuser.run("alter extension unaccent set schema extensions");
        }
        assertThat(finding("time-zone").finding()).contains("UTC");
    }

    /** Two real ones before a server that allows 200: of 3 connections, and of 500. */
    @Test
    void aPoolerThatMayOpenMoreThanTheServerAllows() throws Exception {
        assertThat(finding("pool-sizes").finding()).contains("by requests of");
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed");
        try (PgBouncer few = PgBouncer.before(database.appUrl());
                PgBouncer many = PgBouncer.before(database.appUrl(), 500)) {
            Finding fits = poolSizes(few);
            assertThat(fits.verdict()).as(fits.toString()).isEqualTo(Verdict.OK);
            assertThat(fits.finding()).contains("3 by PgBouncer");
            Finding tooMany = poolSizes(many);
            assertThat(tooMany.verdict()).isEqualTo(Verdict.PROBLEM);
            assertThat(tooMany.remedy()).contains("default_pool_size", "max_connections");
            few.kill();
            assertThat(poolSizes(few).verdict()).isEqualTo(Verdict.NOTE);
        }
    }

    private Finding poolSizes(PgBouncer pooler) {
        Environment environment = new Environment(
                Map.of("TECHCOURSE_POOLER", pooler.address(), "TECHCOURSE_POOLER_ADMIN", pooler.console()));
        return Examination.of(database.database(), environment).stream()
                .filter(finding -> finding.check().equals("pool-sizes"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void deadRows() {
        owner.run("create table platform.busy (number int) with (autovacuum_enabled = off)");
        owner.run("alter table platform.busy enable row level security");
        owner.run("insert into platform.busy select generate_series(1, 20000)");
        owner.run("alter table platform.busy no force row level security");
        owner.run("delete from platform.busy where number > 100");
        awaitStatistics();
        sees("bloat", Verdict.NOTE, "platform.busy");
        owner.run("drop table platform.busy");
    }

    private void awaitStatistics() {
        for (int i = 0;
                i < 50 && owner.number("select n_dead_tup from pg_stat_user_tables where relname = 'busy'") < 15000;
                i++) {
            owner.run("select pg_sleep(0.1)");
        }
    }

    @Test
    void somebodyWaitsForALock() throws Exception {
        UUID student = academy.student();
        CountDownLatch locked = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Sql blocker = Sql.connect(database.ownerUrl())) {
            Future<?> blocked = threads.submit(() -> {
                try (Sql waiter = Sql.connect(database.ownerUrl())) {
                    locked.await();
                    return waiter.run("update identity.users set bio = 'waited' where id = ?", student);
                }
            });
            blocker.andBack(sql -> {
                sql.run("update identity.users set bio = 'first' where id = ?", student);
                locked.countDown();
                sql.run("select pg_sleep(6)");
                sees("locks", Verdict.NOTE, "blocked by");
                return sql;
            });
            blocked.get();
        }
        assertThat(finding("locks").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void invoicesWithAGapAndSomeThatWait() {
        UUID student = academy.student();
        Academy.Order order = academy.order(student, academy.course("10.00"));
        String captured = """
                insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
                values (?, ?, 10, 'EUR', 'captured', 'demo', ?, now() - interval '2 days')
                """;
        owner.run(captured, order.studentId(), order.id(), "waits");
        sees("invoices", Verdict.NOTE, "1 payments and refunds wait");
        asLoader(sql -> sql.run("select sales.number_invoices(null, 1000, null)"));
        assertThat(finding("invoices").verdict()).isEqualTo(Verdict.OK);
        BrokenBooks.INVOICE_NUMBER.during(database, () -> sees("invoices", Verdict.PROBLEM, "numbers without a gap"));
        assertThat(finding("invoices").verdict()).isEqualTo(Verdict.OK);
        assertThat(finding("append-only").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void aBrokenChainOfSeals() {
        try (TestDatabase tampered = TestDatabase.create();
                Sql superuser = Sql.connect(tampered.superuserUrl())) {
            superuser.run("select platform.ensure_partitions()");
            superuser.run("update platform.settings set value = '\"Other\"' where name = 'academy_name'");
            superuser.run("select audit.seal()");
            assertThat(superuser.number("select count(*) from audit.seals")).isPositive();
            superuser.run("alter table audit.seals disable trigger all");
            superuser.run("update audit.seals set row_count = row_count + 1");
            superuser.run("alter table audit.seals enable always trigger seals_append_only");
            superuser.run("alter table audit.seals enable always trigger seals_never_truncated");
            Finding seals = Examination.of(tampered.database(), NOTHING_SET).stream()
                    .filter(finding -> finding.check().equals("seals"))
                    .findFirst()
                    .orElseThrow();
            assertThat(seals.verdict()).isEqualTo(Verdict.PROBLEM);
            assertThat(seals.finding()).contains("does not hold at seal");
        }
    }
}
