package com.techcourse.platform.drill;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.cluster.RunningCluster;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One drill on a cluster: the load, the faults one after the other, and the verdict. */
public final class DrillRun {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 100;
    private static final int BUYERS = 6;
    private static final long CALM_MILLIS = 3_000;
    private static final int FLOWING = 10;

    private final RunningCluster cluster;
    private final PrintStream out;
    private final Journal journal = new Journal();
    private final Outages outages = new Outages();

    public DrillRun(RunningCluster cluster, PrintStream out) {
        this.cluster = cluster;
        this.out = out;
    }

    /** Says whether everything holds. */
    public boolean run(List<Fault> faults, int students) throws SQLException, InterruptedException {
        await("the cluster is not whole", cluster::isWhole);
        String run = Long.toString(System.currentTimeMillis() / 1000 % 100_000_000);
        DrillGround ground = ground(run, students);
        Requests requests = new Requests(cluster.webPort());
        NodeWriters writers = new NodeWriters(cluster, run);
        try (Receiver receiver = new Receiver(requests, ground.adminSession())) {
            boolean listens = receiver.subscribe();
            try (writers;
                    Load load = new Load(requests, ground, journal)) {
                writers.start();
                load.start(BUYERS);
                flowing(System.nanoTime());
                for (Fault fault : faults) {
                    happen(fault, writers);
                }
            } finally {
                RunningCluster.nodes().forEach(cluster::heal);
                cluster.healGate();
            }
            await("the cluster is not whole again", cluster::isWhole);
            Verdict verdict = new Verdict(cluster, ground, journal, writers);
            Map<String, Long> wrong = listens ? verdict.faults(receiver) : verdict.faults();
            wrong.put("faults whose goal was missed (p95 of ten runs or more)", outages.missed());
            if (!listens) {
                out.println("Webhooks were not watched: start the cluster with TECHCOURSE_WEBHOOKS_TO_LOOPBACK=yes.");
            }
            return report(wrong, writers);
        }
    }

    /** One fault: until writes flow again, and the cluster is whole after it was healed. */
    private void happen(Fault fault, NodeWriters writers) throws InterruptedException {
        String primary = cluster.primary();
        if (primary == null) {
            throw new CommandProblem("Nobody leads before \"" + fault.sentence() + "\".", "See the logs of Patroni.");
        }
        long begin = System.nanoTime();
        fault.happen(cluster, primary);
        flowing(System.nanoTime());
        Thread.sleep(fault.lasts());
        RunningCluster.nodes().forEach(cluster::heal);
        cluster.healGate();
        await("the cluster is not whole after: " + fault.sentence(), cluster::isWhole);
        Thread.sleep(fault.settling().plusMillis(CALM_MILLIS));
        Journal.Silence silence = journal.longestSilence(begin, System.nanoTime());
        outages.add(fault, silence.length());
        writers.takeover(primary, silence)
                .ifPresent(takeover -> outages.addReturn(fault, Duration.ofNanos(silence.end() - takeover)));
        out.printf(
                Locale.ROOT,
                "%-48s %s  %5.1f s without an answer%n",
                fault.sentence(),
                primary,
                silence.length().toMillis() / 1e3);
    }

    /** Several acknowledged writes after a moment. */
    private void flowing(long since) throws InterruptedException {
        await("nothing is acknowledged any more", () -> journal.acknowledgedSince(since) >= FLOWING);
    }

    private DrillGround ground(String run, int students) {
        Environment environment = new Environment(
                Map.of("TECHCOURSE_DATABASE_URL", cluster.owner().uri()));
        try (Database database = Database.openAsItIs(environment, _ -> {})) {
            return DrillGround.fill(database, run, students);
        }
    }

    private boolean report(Map<String, Long> faults, NodeWriters writers) {
        out.println();
        out.print(outages.table());
        out.println();
        out.printf(
                Locale.ROOT,
                "%,d purchases, %,d saved answers' attempts, %,d sign-ups, %,d writes straight to nodes; the slowest answer took %.1f s%n",
                journal.purchases().size(),
                journal.savings().size(),
                journal.signUps().size(),
                writers.count(),
                journal.slowestAnswer().toMillis() / 1e3);
        journal.broken().forEach(failure -> out.println("A part of the load stopped: " + failure));
        journal.refusals().forEach((how, count) -> out.printf(Locale.ROOT, "%,8d times: %s%n", count, how));
        out.println();
        faults.forEach((what, count) -> out.printf(Locale.ROOT, "%8d %s%n", count, what));
        boolean allHolds = faults.values().stream().allMatch(count -> count == 0);
        out.println(allHolds ? "Everything holds." : "NOT EVERYTHING HOLDS.");
        return allHolds;
    }

    private static void await(String otherwise, BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                throw new CommandProblem("The drill stopped: " + otherwise + ".", "Look: ./techcourse cluster status");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
