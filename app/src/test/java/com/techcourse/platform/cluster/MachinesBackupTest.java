package com.techcourse.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.doctor.Examination;
import com.techcourse.platform.doctor.Finding;
import com.techcourse.platform.doctor.Verdict;
import com.techcourse.platform.programs.Installed;
import com.techcourse.testing.TechCourseProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What the timers of machines of their own do by night: backups on a node, and on the gate their restoration for a trial. */
@Tag("process")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MachinesBackupTest {

    @SuppressWarnings("NullAway.Init")
    private static BackedUpServer server;

    @SuppressWarnings("NullAway.Init")
    private static Database academy;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(
                Installed.found("pgbackrest").isPresent()
                        && Installed.postgresql().isPresent(),
                "pgBackRest or PostgreSQL is not installed");
        server = new BackedUpServer();
        academy = Database.open(new Environment(server.variablesOfTrials()), _ -> {});
        server.asSuperuser("select platform.ensure_partitions()");
        server.asSuperuser("update platform.settings set value = '\"Other\"' where name = 'academy_name'");
        server.asSuperuser("select audit.seal()");
    }

    @AfterAll
    static void stop() throws IOException {
        if (academy != null) {
            academy.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static String command(int exitCode, String... arguments) throws Exception {
        try (TechCourseProcess command = TechCourseProcess.start(server.variablesOfTrials(), 0, arguments)) {
            assertThat(command.exitCode()).as(command.output()).isEqualTo(exitCode);
            return command.output();
        }
    }

    private static Finding doctorOnBackups() {
        return Examination.of(academy, new Environment(Map.of())).stream()
                .filter(finding -> finding.check().equals("backups"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(1)
    void theNewestBackupIsRestoredAndTheDoctorSaysSo() throws Exception {
        assertThat(command(1, "backup", "verify")).contains("no backup");
        server.takeBackup("full");
        server.takeBackup("incr");
        assertThat(command(0, "backup", "list")).contains("F_");
        assertThat(command(0, "backup", "verify")).contains("I was restored: its books agree, its seals hold");
        assertThat(doctorOnBackups().verdict()).isEqualTo(Verdict.OK);
        assertThat(doctorOnBackups().finding()).contains("restored for a trial is of");
        assertThat(server.trialFolder()).doesNotExist();
    }

    @Test
    @Order(2)
    void aTableThatSomebodyRewroteIsFound() throws Exception {
        server.asSuperuser(
                "set session_replication_role = replica; alter table audit.seals disable trigger all; update audit.seals set row_count = row_count + 1; alter table audit.seals enable always trigger seals_append_only; alter table audit.seals enable always trigger seals_never_truncated");
        server.takeBackup("diff");
        assertThat(command(1, "backup", "verify")).contains("the log:", "is not sound");
        assertThat(doctorOnBackups().verdict()).isEqualTo(Verdict.PROBLEM);
        assertThat(doctorOnBackups().finding()).contains("could not be restored soundly");
        List<String> sound = List.of(
                command(0, "backup", "list", "--format", "csv").split("\n")[1].split(","));
        assertThat(command(0, "backup", "verify", sound.getFirst())).contains("its seals hold");
    }

    @Test
    @Order(3)
    void anArchiveThatWasDamagedIsFound() throws Exception {
        try (Stream<Path> files = Files.walk(server.backups())) {
            for (Path bundle :
                    files.filter(file -> file.toString().contains("/bundle/")).toList()) {
                Files.writeString(bundle, "damaged", StandardOpenOption.WRITE);
            }
        }
        assertThat(command(1, "backup", "verify")).contains("Restoring failed", "is not sound");
        assertThat(server.trialFolder()).doesNotExist();
    }
}
