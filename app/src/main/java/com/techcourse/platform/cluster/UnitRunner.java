package com.techcourse.platform.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps a unit running, as systemd does on a machine of its own: started again soon after it ended. */
final class UnitRunner implements Runnable {

    private static final long RESTART_MILLIS = 200;

    /** For one that ended as soon as it was started. */
    private static final long PATIENT_RESTART_MILLIS = 1000;

    private static final Duration LASTING = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 200;

    private final Unit unit;
    private final MarkedProcesses processes;
    private final Wanted wanted;
    private volatile boolean stopping;
    private volatile @Nullable Process process;

    UnitRunner(Unit unit, MarkedProcesses processes, Wanted wanted) {
        this.unit = unit;
        this.processes = processes;
        this.wanted = wanted;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                if (wanted.isUp(unit.name())) {
                    long begin = System.nanoTime();
                    runOnce();
                    pause(Duration.ofNanos(System.nanoTime() - begin));
                } else {
                    Thread.sleep(LOOK_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(Duration ran) throws InterruptedException {
        if (!stopping) {
            Thread.sleep(ran.compareTo(LASTING) < 0 ? PATIENT_RESTART_MILLIS : RESTART_MILLIS);
        }
    }

    private void runOnce() throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(unit.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(unit.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(unit.log().toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TECHCOURSE_") || name.startsWith("PG"));
        builder.environment().put(MarkedProcesses.VARIABLE, processes.mark(unit.name()));
        builder.environment().putAll(unit.environment());
        try {
            Process started = builder.start();
            started.getOutputStream().close();
            process = started;
            started.waitFor();
        } catch (IOException e) {
            System.err.println(unit.name() + " could not be started: " + e.getMessage());
        }
    }

    /** Asks it to end, and waits; it is not started again. */
    void stop(long patienceSeconds) throws InterruptedException {
        stopping = true;
        Process running = process;
        if (running != null && running.isAlive()) {
            running.destroy();
            if (!running.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        }
    }
}
