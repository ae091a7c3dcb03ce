package com.techcourse.platform.cluster;

import com.techcourse.platform.programs.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * Those that were started for a unit, and all that descend from them: PostgreSQL overwrites the environment of its
     * backends with what they do.
     */
    List<Marked> all() {
        Map<Long, Marked> found = new LinkedHashMap<>();
        Map<Long, Candidate> others = new LinkedHashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                candidate(process).ifPresent(one -> others.put(one.pid(), one));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        others.values().stream()
                .filter(one -> !one.unit().isEmpty())
                .forEach(one -> found.put(one.pid(), new Marked(one.pid(), one.unit(), one.program())));
        boolean more = true;
        while (more) {
            more = false;
            for (Candidate one : others.values()) {
                Marked parent = found.get(one.parent());
                if (parent != null && !found.containsKey(one.pid())) {
                    found.put(one.pid(), new Marked(one.pid(), parent.unit(), one.program()));
                    more = true;
                }
            }
        }
        return List.copyOf(found.values());
    }

    private record Candidate(long pid, long parent, String unit, String program) {}

    /** Empty for one that ended while it was looked at, or that is dead and not buried yet. */
    private Optional<Candidate> candidate(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            String program = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long pid = Long.parseLong(process.getFileName().toString());
            return rest[0].equals("Z")
                    ? Optional.empty()
                    : Optional.of(new Candidate(pid, Long.parseLong(rest[1]), unit(process), program));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Empty for a process of somebody else, or one that may not be looked at. */
    private String unit(Path process) {
        String prefix = VARIABLE + "=" + id + "/";
        try {
            return Arrays.stream(Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
                            .split("\0"))
                    .filter(variable -> variable.startsWith(prefix))
                    .map(variable -> variable.substring(prefix.length()))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** Sends a signal to all whom it is about, and says how many there were. The shell's own kill is everywhere. */
    int signal(String signal, Predicate<Marked> whom) {
        List<String> pids = all().stream()
                .filter(whom)
                .map(process -> Long.toString(process.pid()))
                .toList();
        if (!pids.isEmpty()) {
            List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -s " + signal + " \"$@\"", "kill"));
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
