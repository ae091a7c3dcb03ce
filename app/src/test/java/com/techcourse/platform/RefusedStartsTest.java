package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.postgres.EmbeddedPostgres;
import com.techcourse.testing.TechCourseProcess;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each is one clear sentence and a way out, exit code 1, and nothing is lost. */
@Tag("embedded")
class RefusedStartsTest {

    @TempDir
    Path folder;

    @Test
    void twiceOnOneFolder() throws Exception {
        try (TechCourseProcess running = TechCourseProcess.up(folder)) {
            refused(folder, running.port(), "is in use by TechCourse at http://localhost:" + running.port());
            refused(
                    folder,
                    TechCourseProcess.freePort(),
                    "is in use by TechCourse at http://localhost:" + running.port());
        }
    }

    @Test
    void aTakenPort() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            refused(folder, other.getLocalPort(), "The port " + other.getLocalPort() + " is taken", "TECHCOURSE_PORT");
        }
    }

    @Test
    void aFolderOfAnotherMajorVersion() throws Exception {
        Files.createDirectories(folder.resolve("postgresql"));
        Files.writeString(folder.resolve("postgresql/PG_VERSION"), "17\n");
        refused(folder, TechCourseProcess.freePort(), "was written by PostgreSQL 17", "Nothing was changed");
        assertThat(folder.resolve("postgresql")).isDirectoryContaining("glob:**PG_VERSION");
    }

    @Test
    void aFolderOfANewerTechCourse() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.joinOrStart(folder, "test", message -> {});
                Connection connection = postgres.owner().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema platform");
            statement.execute("create table platform.schema_history (version text)");
            statement.execute("insert into platform.schema_history values ('999')");
        }
        refused(
                folder,
                TechCourseProcess.freePort(),
                "migrated by a newer TechCourse (schema 999",
                "Nothing was changed");
    }

    @Test
    void aFolderThatCannotBeMade() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        refused(file.resolve("data"), TechCourseProcess.freePort(), "cannot be", "TECHCOURSE_DATA");
    }

    @Test
    void aServerThatIsNotThere() throws Exception {
        try (TechCourseProcess process = TechCourseProcess.start(
                Map.of("TECHCOURSE_DATABASE_URL", "postgres://a:secret@127.0.0.1:1/x"), 0, "migrate")) {
            assertThat(process.exitCode()).isOne();
            assertThat(process.output())
                    .contains("No PostgreSQL answers at 127.0.0.1 port 1.")
                    .doesNotContain("secret", "\tat ");
        }
    }

    /** No fall back to a gateway that takes no money. */
    @Test
    void stripeSetUpByHalf() throws Exception {
        Map<String, String> half =
                Map.of("TECHCOURSE_DATA", folder.toString(), "TECHCOURSE_STRIPE_KEY", "sk_test_0123456789");
        try (TechCourseProcess process = TechCourseProcess.start(half, 0, "up", "--empty")) {
            assertThat(process.exitCode()).isOne();
            assertThat(process.output())
                    .contains("TECHCOURSE_STRIPE_WEBHOOK_SECRET is missing")
                    .doesNotContain("0123456789", "\tat ");
        }
    }

    @Test
    void theFolderAndItsPasswordsArePrivate() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.joinOrStart(folder, "test", message -> {})) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("passwords.properties"))))
                    .isEqualTo("rw-------");
            assertThat(postgres.owner().toString())
                    .doesNotContain(postgres.owner().password());
        }
    }

    private static void refused(Path folder, int port, String... sentences) throws Exception {
        try (TechCourseProcess process = TechCourseProcess.start(folder, port, "up", "--empty")) {
            assertThat(process.exitCode()).as(process.output()).isOne();
            assertThat(process.output()).contains(sentences).doesNotContain("\tat ");
        }
    }
}
