package com.techcourse.platform.programs;

import com.techcourse.platform.CommandProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that does one thing and ends. */
public record Run(int exitCode, String output) {

    private static final int PATIENCE_MINUTES = 24 * 60;

    /** Both streams together. */
    public static Run of(List<String> command) {
        return with(Map.of(), command);
    }

    public static Run with(Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return new Run(process.waitFor(), output.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + command.getFirst() + " ran.", e);
        }
    }

    public static Run of(String... command) {
        return of(List.of(command));
    }

    public boolean succeeded() {
        return exitCode == 0;
    }

    /** What it printed; a program that fails is told to the person. Its arguments are not shown: they may hold secrets. */
    public String orRefuse(String what) {
        if (succeeded()) {
            return output;
        }
        throw new CommandProblem(
                what + " failed: " + (output.isEmpty() ? "exit code " + exitCode : output), "See above.");
    }
}
