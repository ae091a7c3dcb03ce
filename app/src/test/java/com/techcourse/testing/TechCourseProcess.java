package com.techcourse.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** TechCourse in a process of its own, as people run it, on a data folder and a web port. */
public final class TechCourseProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Process process;
    private final Path output;
    private final int port;

    private TechCourseProcess(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    public static TechCourseProcess start(Path dataFolder, int port, String... arguments) throws IOException {
        return start(
                Map.of("TECHCOURSE_DATA", dataFolder.toString(), "TECHCOURSE_PORT", Integer.toString(port)),
                port,
                arguments);
    }

    public static TechCourseProcess start(Map<String, String> environment, int port, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(QuickStart.command());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("techcourse", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TECHCOURSE_"));
        builder.environment().putAll(environment);
        return new TechCourseProcess(builder.start(), output, port);
    }

    /** An academy without the sample, serving. */
    public static TechCourseProcess up(Path dataFolder) throws IOException, InterruptedException {
        TechCourseProcess academy = start(dataFolder, freePort(), "up", "--empty");
        academy.awaitOutput("TechCourse is up");
        return academy;
    }

    /** A node, serving, on a database of somebody else. */
    public static TechCourseProcess on(TestDatabase database, int port) throws IOException, InterruptedException {
        TechCourseProcess academy = start(
                Map.of(
                        "TECHCOURSE_DATABASE_URL",
                        database.ownerUrl().uri(),
                        "TECHCOURSE_PORT",
                        Integer.toString(port),
                        "TECHCOURSE_SECRET_KEY",
                        "a key for tests, of enough length"),
                port,
                "up");
        academy.awaitOutput("TechCourse is up");
        return academy;
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public void awaitOutput(String text) throws IOException, InterruptedException {
        awaitOutput(text, PATIENCE);
    }

    public void awaitOutput(String text, Duration patience) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(patience);
        while (!output().contains(text)) {
            if (!process.isAlive() || Instant.now().isAfter(limit)) {
                throw new AssertionError("\"" + text + "\" never came; the output was:\n" + output());
            }
            Thread.sleep(50);
        }
    }

    /** Whether the health page answers UP within some seconds. */
    public boolean isHealthyWithin(Duration patience) throws InterruptedException {
        Instant limit = Instant.now().plus(patience);
        while (Instant.now().isBefore(limit)) {
            if (isHealthy()) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    private boolean isHealthy() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Everything it printed, on both streams. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    public int exitCode() throws IOException, InterruptedException {
        return exitCode(PATIENCE);
    }

    public int exitCode(Duration patience) throws IOException, InterruptedException {
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running; the output was:\n" + output());
        }
        return process.exitValue();
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
        Files.deleteIfExists(output);
    }
}
