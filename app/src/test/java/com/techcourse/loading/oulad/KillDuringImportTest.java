package com.techcourse.loading.oulad;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on a durable database, ended by kill -9 while they write. */
class KillDuringImportTest {

    private static final String ALL = "2001 2000 20000 20000";
    private static final String NONE = "0 0 0 0";

    @TempDir
    private Path folder;

    @Test
    void anImportThatIsKilledLeavesNothingAndOneThatIsDoneLosesNothing() throws Exception {
        Path files = new MadeSet(folder.resolve("files"), 2000, 10).write().folder();

        whileItWrites(files, killed -> killed.destroyForcibly().waitFor());
        assertThat(counts()).isEqualTo(NONE);

        whileItWrites(files, orphaned -> {
            killPostgres();
            assertThat(orphaned.waitFor()).isEqualTo(1);
        });
        assertThat(counts()).isEqualTo(NONE);

        try (Database database = Database.open(environment())) {
            ImportReport report =
                    new OuladImport(database.ownerUrl(), Runs.SILENT).run(files, OuladImport.Options.DEFAULT);
            assertThat(report.state()).isEqualTo(ImportReport.State.DONE);
            killPostgres();
        }
        assertThat(counts()).isEqualTo(ALL);
    }

    private Process importing(Path files) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.techcourse.TechCourse",
                "import",
                "oulad",
                files.toString());
        builder.environment().put("TECHCOURSE_DATA", data().toString());
        builder.environment().remove("TECHCOURSE_DATABASE_URL");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    private interface Deed {
        void to(Process importing) throws Exception;
    }

    /** Does it to an import that has written users and enrolments, and is kept waiting for its attempts. */
    private void whileItWrites(Path files, Deed deed) throws Exception {
        try (Database database = Database.open(environment());
                Connection holding = database.ownerUrl().connect();
                Statement statement = holding.createStatement()) {
            holding.setAutoCommit(false);
            statement.execute("lock table learning.attempt_slots in share mode");
            Process importing = importing(files);
            Eventually.isTrue("the import writes", () -> !importing.isAlive() || isWaiting(database));
            assertThat(importing.isAlive()).isTrue();
            deed.to(importing);
        }
    }

    private static boolean isWaiting(Database database) {
        return database.owner()
                .fetchExists(
                        DSL.table("pg_locks"),
                        DSL.condition("not granted and relation = 'learning.attempt_slots'::regclass"));
    }

    private void killPostgres() throws IOException {
        Path file = data().resolve("postgresql").resolve("postmaster.pid");
        ProcessHandle postgres = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                .orElseThrow();
        postgres.destroyForcibly();
        postgres.onExit().join();
    }

    private String counts() {
        try (Database database = Database.open(environment())) {
            return database.owner().fetchSingle("""
                            select concat_ws(' ', (select count(*) from identity.users), (select count(*) from learning.enrollments),
                              (select count(*) from learning.attempt_slots), (select count(*) from learning.attempts))
                            """).get(0, String.class);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Environment environment() {
        return new Environment(Map.of("TECHCOURSE_DATA", data().toString()));
    }
}
