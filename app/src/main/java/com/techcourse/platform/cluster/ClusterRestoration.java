package com.techcourse.platform.cluster;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.backup.RestoredAcademy;
import com.techcourse.platform.backup.TemporaryServer;
import com.techcourse.platform.programs.Folders;
import com.techcourse.platform.programs.PrivateFile;
import com.techcourse.platform.programs.SystemUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Brings a cluster back as it was at a moment: all nodes are stopped, the one that led is restored and comes to the moment
 * by itself, then leads again, and the others are made anew from it. What was there stays beside it.
 */
final class ClusterRestoration {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long LOOK_MILLIS = 200;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ClusterFolder folder;
    private final LocalCluster cluster;
    private final MarkedProcesses processes;
    private final Wanted wanted;
    private final Consumer<String> progress;

    ClusterRestoration(ClusterFolder folder, Consumer<String> progress) {
        this.folder = folder;
        this.cluster = folder.cluster();
        this.processes = new MarkedProcesses(cluster.id());
        this.wanted = new Wanted(folder.units());
        this.progress = progress;
    }

    /** What was there before. Its faults are those of the restored academy. */
    record Restored(Path before, String moment, List<String> faults) {}

    Restored restore(Optional<Instant> to) throws IOException, InterruptedException {
        try (NodeClient client = new NodeClient(cluster.layout(), folder.certificates())) {
            String node = client.primary()
                    .orElseThrow(() -> new CommandProblem(
                            "Nobody leads, so nobody knows whose files are the newest.",
                            "Heal the cluster first: ./techcourse cluster heal"));
            LocalBackups backups = new LocalBackups(folder);
            backups.newest();
            progress.accept("The academy and all nodes are stopped ...");
            stop(node);
            Path before = restoreFiles(node, to, backups);
            client.forgetLeader();
            progress.accept(node + " leads again ...");
            wanted.up(node + "/patroni");
            await("nobody leads", () -> client.primary().isPresent());
            Units units = new Units(folder, cluster, Secrets.in(folder.secrets()));
            await("nobody can sign in", units::ownerSignsIn);
            List.of("pgbouncer", "academy").forEach(wanted::up);
            progress.accept("The academy starts again. The other nodes are made anew ...");
            Layout.names().forEach(name -> wanted.up(name + "/patroni"));
            Restored restored = backups.withDatabase(database -> {
                RestoredAcademy academy = new RestoredAcademy(database);
                return new Restored(before, academy.moment(), academy.faults());
            });
            if (!isWithinPatience(() -> client.standbys() == Layout.NODES - 1)) {
                progress.accept("They are still being copied. Look: ./techcourse cluster status");
            }
            return restored;
        }
    }

    /** Whoever writes first, then the standbys, then the primary: it has everything when it stops. */
    private void stop(String primary) throws InterruptedException {
        for (String unit : List.of("academy", "pgbouncer")) {
            stopUnit(unit);
        }
        for (String node : Layout.names()) {
            if (!node.equals(primary)) {
                stopUnit(node + "/patroni");
            }
        }
        stopUnit(primary + "/patroni");
    }

    private void stopUnit(String unit) throws InterruptedException {
        wanted.down(unit);
        Part program = new Part(unit);
        processes.signal("TERM", program::has);
        await(
                unit + " does not stop",
                () -> processes.all().stream().noneMatch(one -> one.unit().equals(unit)));
    }

    /** When the moment cannot be reached, everything is as it was. */
    private Path restoreFiles(String node, Optional<Instant> to, LocalBackups backups)
            throws IOException, InterruptedException {
        Path data = folder.machine(node).resolve("postgresql");
        Path before = folder.machine(node).resolve("postgresql.before-" + STAMP.format(Instant.now()));
        Files.move(data, before);
        try {
            PrivateFile.folder(data);
            SystemUser.current().own(data);
            progress.accept("The files of " + node + " are restored ...");
            new ClusterArchive(folder, cluster).restore(node, to);
            progress.accept("It comes to the moment ...");
            TemporaryServer.asBefore(data, folder.machine(node).resolve("run"), backups.owner())
                    .close();
        } catch (RuntimeException | IOException | InterruptedException e) {
            Folders.delete(data);
            Files.move(before, data);
            Layout.names().forEach(name -> wanted.up(name + "/patroni"));
            List.of("pgbouncer", "academy").forEach(wanted::up);
            throw e;
        }
        for (String other : Layout.names()) {
            if (!other.equals(node)) {
                Folders.delete(folder.machine(other).resolve("postgresql"));
            }
        }
        return before;
    }

    private static void await(String otherwise, BooleanSupplier condition) throws InterruptedException {
        if (!isWithinPatience(condition)) {
            throw new CommandProblem(
                    "The restoration stopped halfway: " + otherwise + ".", "Look: ./techcourse cluster status");
        }
    }

    private static boolean isWithinPatience(BooleanSupplier condition) throws InterruptedException {
        Instant limit = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(limit)) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }
}
