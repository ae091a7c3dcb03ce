package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small disk in memory, which only root may make. */
@Tag("embedded")
class FullDiskTest {

    private static final int MEGABYTES = 160;

    @TempDir
    Path disk;

    @BeforeEach
    void makeSmallDisk() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", disk.toString()) == 0,
                "only root may mount a small disk");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void isRefusedAtTheStart() throws Exception {
        Path filler = fill(MEGABYTES - 20);
        assertThatThrownBy(() -> EmbeddedPostgres.joinOrStart(disk.resolve("data"), "test", message -> {}))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageContaining("MB left");
        Files.delete(filler);
    }

    @Test
    void losesNothingThatWasReportedAsDone() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.joinOrStart(disk.resolve("data"), "test", message -> {})) {
            DatabaseUrl owner = postgres.owner();
            execute(owner, "create schema platform");
            int acknowledged;
            try (AcknowledgedRows rows = AcknowledgedRows.writing(owner)) {
                Path filler = fill((int) (disk.toFile().getUsableSpace() >> 20));
                assertThatThrownBy(
                                () -> execute(
                                        owner,
                                        "create table platform.big as select repeat(n::text, 50) from generate_series(1, 1000000) n"))
                        .isInstanceOf(SQLException.class);
                rows.close();
                acknowledged = rows.count();
                Files.delete(filler);
            }
            assertThat(storedWithin(owner, Duration.ofSeconds(60))).isGreaterThanOrEqualTo(acknowledged);
        }
    }

    /** The server may need to be started again when it could not write its log. */
    private static int storedWithin(DatabaseUrl url, Duration patience) throws Exception {
        for (Instant limit = Instant.now().plus(patience); ; Thread.sleep(200)) {
            try {
                return AcknowledgedRows.stored(url);
            } catch (SQLException e) {
                if (Instant.now().isAfter(limit)) {
                    throw e;
                }
            }
        }
    }

    private static void execute(DatabaseUrl url, String sql) throws SQLException {
        try (Connection connection = url.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Path fill(int megabytes) throws IOException {
        Path filler = disk.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            for (int written = 0; written < megabytes; written++) {
                out.write(new byte[1 << 20]);
            }
        }
        return filler;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
