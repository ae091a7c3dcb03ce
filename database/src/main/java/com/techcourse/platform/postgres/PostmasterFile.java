package com.techcourse.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a server writes about itself: line 1 its process, 3 the time, 4 its port, 8 whether it is ready; left by a killed one. */
record PostmasterFile(long pid, String started, int port, boolean ready) {

    private static final int LINES = 8;

    static Optional<PostmasterFile> in(Path cluster) throws IOException {
        try {
            List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
            if (lines.isEmpty() || !lines.getFirst().strip().matches("-?\\d+")) {
                return Optional.empty();
            }
            long pid = Math.abs(Long.parseLong(lines.getFirst().strip()));
            boolean whole = lines.size() >= LINES;
            int port = whole ? Integer.parseInt(lines.get(3).strip()) : 0;
            return Optional.of(new PostmasterFile(
                    pid,
                    lines.size() > 2 ? lines.get(2) : "",
                    port,
                    whole && lines.get(LINES - 1).strip().equals("ready")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    boolean isOfTheSameServer(PostmasterFile other) {
        return pid == other.pid && started.equals(other.started);
    }

    /** The process, only if it is a postgres on this very folder: process numbers are used again. */
    Optional<ProcessHandle> processOn(Path cluster) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().commandLine().orElse("").contains(cluster.toString()));
    }
}
