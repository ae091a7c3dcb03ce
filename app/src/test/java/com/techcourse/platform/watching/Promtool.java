package com.techcourse.platform.watching;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The checker that comes with Prometheus (Debian's package {@code prometheus}). */
final class Promtool {

    private static final Path FOLDER = Path.of("../deploy/monitoring");

    private Promtool() {}

    record Outcome(int code, String output) {}

    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    static String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Outcome run(String... arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(isInstalled(), "promtool is not installed: apt-get install prometheus");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
