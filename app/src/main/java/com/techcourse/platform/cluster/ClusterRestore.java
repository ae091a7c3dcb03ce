package com.techcourse.platform.cluster;

import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "restore",
        description = {
            "Brings the whole cluster back as it was at a moment, or as late as can be: the newest backup from before it,",
            "and the changes since. The academy is away meanwhile. What was there is kept beside it."
        },
        mixinStandardHelpOptions = true)
final class ClusterRestore implements Callable<Integer> {

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "As 2026-11-23T07:45:00Z; UTC where no offset is given (default: everything).")
    private @Nullable Instant to;

    @Override
    public Integer call() throws Exception {
        ClusterFolder folder = ClusterFolder.of(Environment.ofProcess());
        try (Progress progress = Progress.onStandardError()) {
            ClusterRestoration.Restored restored =
                    new ClusterRestoration(folder, progress::say).restore(Optional.ofNullable(to));
            System.out.println(restored.moment());
            System.out.println("What was there before is in " + restored.before() + "; delete it when all is well.");
            restored.faults().forEach(System.out::println);
            System.out.println(
                    restored.faults().isEmpty() ? "The books agree, the seals hold." : "Something does not hold.");
            return restored.faults().isEmpty() ? 0 : 1;
        }
    }
}
