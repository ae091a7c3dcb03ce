package com.techcourse.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.programs.Installed;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TechCourseProcess;
import com.techcourse.testing.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A whole cluster from Debian's packages: brought up by the command, broken under load, backed up, and brought back to the
 * moment before a table was dropped.
 */
@Tag("process")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {

    private static final Pattern OWNER = Pattern.compile("postgres://techcourse_owner:\\S+");

    /** Each costs seconds; one of those that cost a takeover's time is added by the seed. */
    private static final List<String> QUICK = List.of(
            "KILL_POSTGRES",
            "KILL_PATRONI",
            "SWITCHOVER",
            "KILL_STANDBY",
            "KILL_PGBOUNCER",
            "KILL_HAPROXY",
            "KILL_ETCD",
            "KILL_TWO_ETCD",
            "KILL_ACADEMY");

    private static final List<String> SLOW = List.of("KILL_NODE", "FREEZE_NODE", "CUT_NODE", "CUT_FROM_PEERS");

    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TechCourseProcess cluster;

    private static int port;

    @BeforeAll
    static void up() throws Exception {
        assumeTrue(
                Stream.of("patroni", "etcd", "haproxy", "pgbouncer", "pgbackrest")
                        .allMatch(program -> Installed.found(program).isPresent()),
                "The programs of a cluster are not installed");
        folder = Files.createTempDirectory(
                "cluster", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        port = TechCourseProcess.freePort();
        cluster = start("up", "--empty");
        cluster.awaitOutput("The cluster is up", Duration.ofMinutes(10));
        cluster.awaitOutput("TechCourse is up: http://localhost:" + port, Duration.ofMinutes(4));
        assertThat(cluster.isHealthyWithin(Duration.ofMinutes(1))).isTrue();
    }

    @AfterAll
    static void down() throws Exception {
        if (cluster != null) {
            // also while it is up
            command("down", "--delete", "--yes");
            cluster.close();
            TemporaryFolders.delete(folder);
        }
    }

    private static TechCourseProcess start(String... arguments) throws IOException {
        String[] all = Stream.concat(Stream.of("cluster"), Stream.of(arguments)).toArray(String[]::new);
        return TechCourseProcess.start(
                Map.of(
                        "TECHCOURSE_DATA",
                        folder.resolve("made/by/the/command").toString(),
                        "TECHCOURSE_PORT",
                        Integer.toString(port),
                        "TECHCOURSE_WEBHOOKS_TO_LOOPBACK",
                        "yes",
                        "TECHCOURSE_REQUESTS_PER_MINUTE",
                        "1000000"),
                port,
                all);
    }

    /** What it printed; it must succeed. */
    private static String command(String... arguments) throws Exception {
        try (TechCourseProcess command = start(arguments)) {
            assertThat(command.exitCode(Duration.ofMinutes(20)))
                    .as(command.output())
                    .isZero();
            return command.output();
        }
    }

    private static Sql owner() throws IOException {
        Matcher url = OWNER.matcher(cluster.output());
        assertThat(url.find()).isTrue();
        return Sql.connect(DatabaseUrl.parse(url.group()));
    }

    @Test
    @Order(1)
    void theDrillLosesNothing() throws Exception {
        long seed = System.nanoTime() & 0xFFFFFF;
        List<String> slow = new java.util.ArrayList<>(SLOW);
        Collections.shuffle(slow, new Random(seed));
        String faults = String.join(",", QUICK) + "," + slow.getFirst();
        String said = command("drill", "--students", "12000", "--seed", Long.toString(seed), "--faults", faults);
        System.out.println(said);
        assertThat(said).contains("Everything holds.", "0 purchases that no webhook told of");
    }

    @Test
    @Order(2)
    void aDroppedTableComesBack() throws Exception {
        command("backup", "--type", "full");
        assertThat(command("backup", "verify")).contains("its books agree, its seals hold");
        long orders;
        try (Sql sql = owner()) {
            orders = sql.number("select count(*) from sales.orders");
        }
        Instant moment = Instant.now();
        Thread.sleep(1500);
        try (Sql sql = owner()) {
            sql.run("drop table sales.orders cascade");
        }
        command("kill", "pg2/postgres");
        command("heal");
        assertThat(command("restore", "--to", moment.toString())).contains("The books agree, the seals hold.");
        try (Sql sql = owner()) {
            assertThat(sql.number("select count(*) from sales.orders")).isEqualTo(orders);
        }
        assertThat(command("status")).contains("PRIMARY", "has every acknowledged commit");
    }
}
