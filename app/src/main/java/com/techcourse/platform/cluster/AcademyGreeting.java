package com.techcourse.platform.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** What the academy says when it has come up: where it is, and the demo sign-ins. It says so to its log. */
final class AcademyGreeting {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 250;
    private static final String BEGIN = "TechCourse is up";
    private static final String END = "\n\nThe database,";

    private final Path log;
    private final long before;

    /** Of the start that is to come. */
    AcademyGreeting(Path log) throws IOException {
        this.log = log;
        this.before = Files.exists(log) ? Files.size(log) : 0;
    }

    /** Empty where it does not come up in time: the log says why. */
    Optional<String> await() throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(limit)) {
            String said = said();
            int begin = said.indexOf(BEGIN);
            int end = said.indexOf(END, Math.max(begin, 0));
            if (begin >= 0 && end > begin) {
                return Optional.of(said.substring(begin, end));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return Optional.empty();
    }

    private String said() throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        byte[] all = Files.readAllBytes(log);
        int from = (int) Math.min(before, all.length);
        return new String(Arrays.copyOfRange(all, from, all.length), StandardCharsets.UTF_8);
    }
}
