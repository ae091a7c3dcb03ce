package com.techcourse.platform.drill;

import com.techcourse.platform.cluster.RunningCluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "drill",
        description = {
            "Breaks the cluster on purpose, under load, in random order, and proves afterwards that nothing acknowledged is",
            "lost or doubled, that the books agree and all nodes hold the same. Needs a cluster that is up; not for one",
            "with real students. Exit code 1 when anything does not hold."
        },
        mixinStandardHelpOptions = true)
public final class Drill implements Callable<Integer> {

    /** Who buy during one fault, at most, and before the first and after the last. */
    private static final int STUDENTS_PER_FAULT = 1_000;

    private static final int STUDENTS_AROUND = 2_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the order of the faults (default: a new one, printed).")
    private long seed = System.nanoTime() & 0xFFFFFF;

    @Option(
            names = "--rounds",
            defaultValue = "1",
            paramLabel = "N",
            description = "How often each fault happens (default: 1).")
    private int rounds;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "FAULT",
            description = "Only these: ${COMPLETION-CANDIDATES} (default: all that this machine can do).")
    private List<Fault> chosen = List.of();

    @Option(names = "--students", hidden = true)
    private @Nullable Integer students;

    @Override
    public Integer call() throws Exception {
        RunningCluster cluster = RunningCluster.here();
        List<Fault> faults = faults(cluster);
        System.out.println("Seed " + seed + ": " + faults.size() + " faults.");
        boolean holds = new DrillRun(cluster, System.out)
                .run(faults, students == null ? STUDENTS_AROUND + STUDENTS_PER_FAULT * faults.size() : students);
        if (!holds) {
            System.out.println("The seed was " + seed + ".");
        }
        return holds ? 0 : 1;
    }

    private List<Fault> faults(RunningCluster cluster) {
        List<Fault> once = (chosen.isEmpty() ? Arrays.asList(Fault.values()) : chosen)
                .stream()
                        .filter(fault -> cluster.isSeparate() || !fault.needsNetwork())
                        .toList();
        List<Fault> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            all.addAll(once);
        }
        Collections.shuffle(all, new Random(seed));
        return all;
    }
}
