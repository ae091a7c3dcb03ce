package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.loading.SampleAcademy;
import com.techcourse.platform.postgres.Backup;
import com.techcourse.platform.postgres.Backups;
import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.EmbeddedPostgres;
import com.techcourse.platform.postgres.Restoration;
import com.techcourse.platform.postgres.Restoration.Restored;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TechCourseProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was done is there again after the worst has happened, and only what was done by then. */
@Tag("embedded")
class BackupTest {

    private static final String FACTS = """
            select concat_ws(' / ', (select count(*) from sales.orders), (select sum(amount) from sales.ledger_entries),
                   (select count(*) from audit.change_log), (select count(*) from learning.attempts),
                   (select price from catalog.courses order by updated_at desc limit 1))
            """;

    @TempDir
    private Path folder;

    private Database open() {
        return Database.open(new Environment(Map.of("TECHCOURSE_DATA", folder.toString())), _ -> {});
    }

    private Backup take(Database database, int keep) {
        return Backups.of(folder).take(database.embedded().orElseThrow(), keep, _ -> {});
    }

    private Restored restore(@Nullable Instant to) {
        return new Restoration(folder, _ -> {}).restore(Optional.ofNullable(to));
    }

    private static Object facts(Database database) {
        try (Sql sql = Sql.connect(database.embedded().orElseThrow().superuser())) {
            return sql.one(FACTS);
        }
    }

    @Test
    void theMomentBeforeATableWasDropped() throws Exception {
        Instant moment;
        Object then;
        try (Database database = open();
                Progress progress = new Progress(System.err, false)) {
            new SampleAcademy().load(database, Optional.empty(), Optional.empty(), progress);
            Backup first = take(database, 7);
            changeAPrice(database, "77.77");
            moment = now(database);
            then = facts(database);
            Thread.sleep(20);
            changeAPrice(database, "88.88");
            try (Sql sql = Sql.connect(database.embedded().orElseThrow().superuser())) {
                sql.run("drop table sales.ledger_entries cascade");
            }
            assertThat(Backups.of(folder).list()).extracting(Backup::name).containsExactly(first.name());
        }
        assertThatThrownBy(() -> restore(Instant.parse("2020-01-01T00:00:00Z")))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageContaining("no backup from before");
        assertThatThrownBy(() -> restore(Instant.now().plusSeconds(3600)))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageContaining("lies ahead");

        Restored restored = restore(moment);

        assertThat(restored.before())
                .isPresent()
                .hasValueSatisfying(
                        before -> assertThat(before.resolve("postgresql")).isDirectory());
        try (Database database = open()) {
            assertThat(facts(database)).isEqualTo(then).asString().contains("77.77");
            assertThat(database.owner().fetch("select * from reporting.books_differences()"))
                    .isEmpty();
            List<?> faults = database.as(
                    new Acting(null, "auditor"), auditor -> auditor.fetchValues("select fault from audit.verify()"));
            assertThat(faults).isEmpty();
            changeAPrice(database, "99.99");
        }

        restore(null);

        try (Database database = open()) {
            assertThat(facts(database))
                    .as("the history goes on after a restoration")
                    .asString()
                    .contains("99.99");
        }
    }

    private static void changeAPrice(Database database, String price) {
        try (Sql sql = Sql.connect(database.embedded().orElseThrow().superuser())) {
            sql.run(
                    "update catalog.courses set price = ?::numeric where id = (select min(id::text)::uuid from catalog.courses where price > 0)",
                    price);
        }
    }

    private static Instant now(Database database) {
        return ((OffsetDateTime)
                        java.util.Objects.requireNonNull(database.owner().fetchValue("select clock_timestamp()")))
                .toInstant();
    }

    /** A backup under load, then a kill of everything: the newest segment was never archived, and counts all the same. */
    @Test
    void nothingAcknowledgedIsLostWithTheServer() throws Exception {
        int acknowledged;
        try (TechCourseProcess academy = TechCourseProcess.up(folder)) {
            AcknowledgedRows rows;
            try (EmbeddedPostgres joined = EmbeddedPostgres.joinOrStart(folder, "test", _ -> {})) {
                rows = AcknowledgedRows.writing(joined.owner());
                command("backup", "--keep", "2");
                assertThatThrownBy(() -> restore(null))
                        .isInstanceOf(DatabaseProblem.class)
                        .hasMessageContaining("in use");
            }
            academy.kill();
            acknowledged = rows.count();
        }
        command("restore");
        try (EmbeddedPostgres restored = EmbeddedPostgres.joinOrStart(folder, "test", _ -> {})) {
            assertThat(AcknowledgedRows.stored(restored.owner())).isGreaterThanOrEqualTo(acknowledged);
        }
        assertThat(command("backup", "verify")).contains("its books agree, its seals hold");
        assertThat(command("doctor")).contains("restored for a trial is of");
        assertThat(folder.resolve("verified.new")).doesNotExist();
    }

    @Test
    void theOldestGoAndADamagedOneIsRefused() throws Exception {
        try (Database database = open()) {
            take(database, 2);
            database.owner().execute("create table platform.trial (n int)");
            Backup second = take(database, 2);
            Backup third = take(database, 2);
            assertThat(Backups.of(folder).list()).extracting(Backup::name).containsExactly(second.name(), third.name());
            assertThat(segments())
                    .isNotEmpty()
                    .allSatisfy(segment -> assertThat(segment.substring(8, 24))
                            .isGreaterThanOrEqualTo(second.firstSegment().substring(8)));
        }
        Path archive = folder.resolve("backups")
                .resolve(Backups.of(folder).list().getLast().name() + "/academy.tar.gz");
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 1;
        Files.write(archive, bytes);
        assertThatThrownBy(() -> restore(null))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageContaining("damaged");
        try (Database database = open()) {
            assertThat(database.owner().fetch("select * from platform.trial")).isEmpty();
        }
    }

    private List<String> segments() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("backups/wal"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9A-F]{24}.*"))
                    .toList();
        }
    }

    private String command(String... arguments) throws Exception {
        try (TechCourseProcess command = TechCourseProcess.start(folder, 0, arguments)) {
            command.exitCode();
            return command.output();
        }
    }
}
