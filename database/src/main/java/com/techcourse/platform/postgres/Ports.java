package com.techcourse.platform.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports on loopback: the remembered one first, then any below those that systems take for outgoing connections. */
final class Ports {

    private static final int LOWEST = 15_432;
    private static final int HIGHEST = 25_432;
    private static final int ATTEMPTS = 100;

    private final Path memory;
    private Optional<Integer> remembered;

    Ports(Path memory) throws IOException {
        this.memory = memory;
        String text = Files.exists(memory) ? Files.readString(memory).strip() : "";
        this.remembered = text.matches("\\d{4,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    int next() {
        Optional<Integer> last = remembered.filter(Ports::isFree);
        remembered = Optional.empty();
        return last.orElseGet(Ports::any);
    }

    void remember(int port) throws IOException {
        Files.writeString(memory, port + "\n");
    }

    private static int any() {
        return ThreadLocalRandom.current()
                .ints(ATTEMPTS, LOWEST, HIGHEST)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new DatabaseProblem(
                        "No port for the database is free between " + LOWEST + " and " + HIGHEST + ".",
                        "End a program that listens there."));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
