package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.postgres.EmbeddedPostgres;
import com.techcourse.testing.TechCourseProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("embedded")
class KilledProcessesTest {

    @TempDir
    Path folder;

    @Test
    void aKilledAcademyLeavesNoServerAndLosesNoAcknowledgedRow() throws Exception {
        int acknowledged;
        ProcessHandle server;
        try (TechCourseProcess academy = TechCourseProcess.up(folder)) {
            try (EmbeddedPostgres joined = join();
                    AcknowledgedRows rows = AcknowledgedRows.writing(joined.owner())) {
                server = postgres();
                academy.kill();
                acknowledged = rows.count();
            }
        }
        assertThat(server.onExit()).as("the watchdog stops the orphan").succeedsWithin(Duration.ofSeconds(20));
        try (TechCourseProcess again = TechCourseProcess.up(folder);
                EmbeddedPostgres joined = join()) {
            assertThat(AcknowledgedRows.stored(joined.owner())).isGreaterThanOrEqualTo(acknowledged);
            assertThat(again.isHealthyWithin(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void aKilledServerIsStartedAgainUnderTheRunningAcademy() throws Exception {
        try (TechCourseProcess academy = TechCourseProcess.up(folder);
                EmbeddedPostgres joined = join();
                AcknowledgedRows rows = AcknowledgedRows.writing(joined.owner())) {
            assertThat(academy.isHealthyWithin(Duration.ofSeconds(20))).isTrue();
            postgres().destroyForcibly();
            int acknowledged = rows.count();
            academy.awaitOutput("PostgreSQL answers again");
            assertThat(academy.isHealthyWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(AcknowledgedRows.stored(joined.owner())).isGreaterThanOrEqualTo(acknowledged);
        }
    }

    @Test
    void commandsShareOneServerAndTheLastStopsIt() throws Exception {
        try (TechCourseProcess first = TechCourseProcess.start(folder, 0, "migrate");
                TechCourseProcess second = TechCourseProcess.start(folder, 0, "migrate")) {
            assertThat(first.exitCode()).as(first.output()).isZero();
            assertThat(second.exitCode()).as(second.output()).isZero();
        }
        assertThat(folder.resolve("postgresql/postmaster.pid")).doesNotExist();
    }

    private EmbeddedPostgres join() {
        return EmbeddedPostgres.joinOrStart(folder, "test", message -> {});
    }

    private ProcessHandle postgres() throws IOException {
        String pid =
                Files.readAllLines(folder.resolve("postgresql/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
}
