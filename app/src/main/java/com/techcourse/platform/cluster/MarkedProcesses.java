package com.techcourse.platform.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The processes of a cluster, known by an environment variable that they inherit from each other and nobody else has.
 *
 * @param id of the cluster
 */
record MarkedProcesses(String id) {

    static final String VARIABLE = "TECHCOURSE_CLUSTER";
    private static final Path PROC = Path.of("/proc");

    /** One process: the unit by which it was started, and its program. */
    record Marked(long pid, String unit, String program) {}

    String mark(String unit) {
        return id + "/" + unit;
    }

    /** Those whose program is still there; the dead that nobody has buried yet do not count. */
    List<Marked> all() {
        List<Marked> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String unit = unit(process);
                if (!unit.isEmpty()) {
                    found.add(new Marked(
                            Long.parseLong(process.getFileName().toString()),
                            unit,
                            Files.readString(process.resolve("comm")).strip()));
                }
            }
        } catch (IOException e) {
            // one of them ended while it was looked at: look again
            return all();
        }
        return found;
    }

    /** Empty for a process of somebody else, or one that may not be looked at. */
    private String unit(Path process) {
        String prefix = VARIABLE + "=" + id + "/";
        try {
            String environment =
                    new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
            return Arrays.stream(environment.split("\0"))
                    .filter(variable -> variable.startsWith(prefix))
                    .map(variable -> variable.substring(prefix.length()))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** Sends a signal to all whom it is about, and says how many there were. */
    int signal(String signal, Predicate<Marked> whom) {
        List<String> pids = all().stream()
                .filter(whom)
                .map(process -> Long.toString(process.pid()))
                .toList();
        if (!pids.isEmpty()) {
            List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
            command.addAll(pids);
            Run.of(command);
        }
        return pids.size();
    }

    /** {@code kill -9}, again while there still is one: a process may have been born meanwhile. */
    int kill(Predicate<Marked> whom) {
        int killed = 0;
        for (int more = signal("KILL", whom); more > 0; more = signal("KILL", whom)) {
            killed = Math.max(killed, more);
        }
        return killed;
    }
}
