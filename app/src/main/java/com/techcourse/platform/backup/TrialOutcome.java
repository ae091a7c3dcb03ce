package com.techcourse.platform.backup;

import java.io.PrintStream;
import java.util.List;

/** What does not hold in a backup that was restored for a trial; nothing when it is sound. */
public record TrialOutcome(TakenBackup backup, List<String> faults) {

    public TrialOutcome {
        faults = List.copyOf(faults);
    }

    /** Tells it, and answers the exit code. */
    public int tell(PrintStream out) {
        faults.forEach(out::println);
        out.println(
                faults.isEmpty()
                        ? "The backup " + backup.name() + " was restored: its books agree, its seals hold."
                        : "The backup " + backup.name() + " is not sound.");
        return faults.isEmpty() ? 0 : 1;
    }
}
