package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Environment;
import com.techcourse.platform.programs.Installed;
import com.techcourse.platform.programs.SystemUser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Brings a cluster up on this machine, keeps its units running, and stops them in order. */
final class Supervisor {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 100;

    /** Seconds: a primary writes everything out and waits for its standby. */
    private static final long STOP_PATIENCE = 60;

    private final ClusterFolder folder;
    private final LocalCluster cluster;
    private final Units units;
    private final MarkedProcesses processes;
    private final Wanted wanted;
    private final Consumer<String> progress;
    private final Map<String, UnitRunner> runners = new LinkedHashMap<>();
    private volatile boolean stopping;

    Supervisor(ClusterFolder folder, LocalCluster cluster, Consumer<String> progress) {
        this.folder = folder;
        this.cluster = cluster;
        this.units = new Units(folder, cluster, Secrets.in(folder.secrets()));
        this.processes = new MarkedProcesses(cluster.id());
        this.wanted = new Wanted(folder.units());
        this.progress = progress;
    }

    Units units() {
        return units;
    }

    /** Everything below the academy. */
    void startDatabase() throws IOException, InterruptedException {
        endLeftOvers();
        write();
        cluster.network().make();
        progress.accept("etcd ...");
        Layout.names().forEach(node -> start(units.etcd(node)));
        progress.accept("PostgreSQL and Patroni on pg1, pg2, pg3 ...");
        Layout.names().forEach(node -> start(units.patroni(node)));
        start(units.haproxy());
        start(units.pgbouncer());
        try (NodeClient patroni = patroni()) {
            await("no node leads", () -> patroni.primary().isPresent());
            progress.accept("The standbys ...");
            await("the standbys do not stream", () -> patroni.standbys() == Layout.NODES - 1);
            await("nobody can sign in", units::ownerSignsIn);
            new ClusterArchive(folder, cluster).make(patroni.primary().orElseThrow());
        }
    }

    void startAcademy(List<String> arguments, Environment environment) {
        start(units.academy(arguments, environment));
    }

    /** What an earlier supervisor left that was killed; and nothing is to stay down any more. */
    private void endLeftOvers() {
        processes.kill(_ -> true);
        unitNames().forEach(wanted::up);
    }

    private static List<String> unitNames() {
        List<String> names = new ArrayList<>(Part.OF_THE_GATE);
        Layout.names().forEach(node -> names.addAll(List.of(node + "/etcd", node + "/patroni")));
        return names;
    }

    /** Configuration and certificates, anew at each start: a newer TechCourse may have newer templates. */
    private void write() throws IOException {
        Secrets secrets = Secrets.in(folder.secrets());
        Layout layout = cluster.layout();
        Certificates certificates = new Certificates(folder.certificates());
        certificates.make(layout.cluster());
        for (String node : Layout.names()) {
            certificates.make(node, List.of(layout.host(node)));
        }
        certificates.make("gate", List.of(layout.gateHost()));
        ConfigurationFiles files = new ConfigurationFiles(layout, secrets, size(), cluster.strict());
        for (String node : Layout.names()) {
            files.writeNode(node, places(node), places(node).configuration());
        }
        files.writeGate(places("gate"), places("gate").configuration());
        SystemUser.current().own(folder.path());
    }

    private Places places(String machine) {
        return Places.below(
                folder.machine(machine),
                folder.certificates(),
                Installed.postgresql().orElseThrow(),
                folder.backups());
    }

    /** Three nodes share this machine. */
    private static MachineSize size() {
        long megabytes = ((com.sun.management.OperatingSystemMXBean)
                                java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                        .getTotalMemorySize()
                >> 20;
        return new MachineSize(megabytes / 8, Runtime.getRuntime().availableProcessors());
    }

    private void start(Unit unit) {
        UnitRunner runner = new UnitRunner(unit, processes, wanted);
        runners.put(unit.name(), runner);
        Thread.ofPlatform().daemon().name(unit.name()).start(runner);
    }

    NodeClient patroni() {
        return new NodeClient(cluster.layout(), folder.certificates());
    }

    private void await(String otherwise, BooleanSupplier condition) throws InterruptedException {
        Instant limit = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (stopping) {
                throw new InterruptedException();
            }
            if (Instant.now().isAfter(limit)) {
                throw new CommandProblem(
                        "The cluster did not come up: " + otherwise + ".",
                        "Its logs are in " + folder.path() + ", below pg1/log and gate/log.");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** The academy first, then the ways to the nodes, the standbys, the primary, and what they agreed by. */
    void stop() {
        stopping = true;
        try (NodeClient patroni = patroni()) {
            String primary = patroni.primary().orElse("pg1");
            List<String> order = new ArrayList<>(List.of("academy", "pgbouncer", "haproxy"));
            Layout.names().stream().filter(node -> !node.equals(primary)).forEach(node -> order.add(node + "/patroni"));
            order.add(primary + "/patroni");
            Layout.names().forEach(node -> order.add(node + "/etcd"));
            processes.signal("CONT", _ -> true);
            for (String unit : order) {
                UnitRunner runner = runners.get(unit);
                if (runner != null) {
                    runner.stop(STOP_PATIENCE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            processes.kill(_ -> true);
            cluster.network().remove();
        }
    }
}
