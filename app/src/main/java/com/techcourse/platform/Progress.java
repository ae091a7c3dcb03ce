package com.techcourse.platform;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far a long command is, on standard error: one line that moves when a person looks at a terminal, one line for
 * each step otherwise. Not for several threads.
 */
public final class Progress implements AutoCloseable {

    private static final int BAR = 30;
    private static final Duration REDRAW = Duration.ofMillis(100);

    private final PrintStream err;
    private final boolean terminal;
    private Instant drawn = Instant.EPOCH;
    private boolean lineOpen;

    public Progress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    public static Progress onStandardError() {
        return new Progress(
                System.err, System.console() != null && System.console().isTerminal());
    }

    /** A finished step or a remark: a line of its own. */
    public void say(String message) {
        endLine();
        err.println(message);
    }

    /** {@code done} of {@code total}; drawn at most ten times a second, and only on a terminal. */
    public void of(String what, long done, long total) {
        Instant now = Instant.now();
        boolean finished = done >= total;
        if (!terminal || !finished && now.isBefore(drawn.plus(REDRAW))) {
            return;
        }
        drawn = now;
        int filled = total <= 0 ? BAR : (int) (Math.min(done, total) * BAR / total);
        err.print(String.format(
                Locale.ROOT,
                "\r%-28.28s [%s%s] %,d of %,d",
                what,
                "#".repeat(filled),
                ".".repeat(BAR - filled),
                done,
                total));
        err.flush();
        lineOpen = true;
    }

    private void endLine() {
        if (lineOpen) {
            err.println();
            lineOpen = false;
        }
    }

    @Override
    public void close() {
        endLine();
    }
}
