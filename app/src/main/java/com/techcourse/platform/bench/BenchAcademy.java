package com.techcourse.platform.bench;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import com.techcourse.platform.web.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A whole academy on a folder of its own, warm, for as long as a benchmark takes. */
record BenchAcademy(Database database, WebServer web, BenchGround ground, Path folder, Progress progress) {

    /** Until the compiler of the JVM has seen enough. */
    private static final int WARM_UP_SECONDS = 40;

    /** Each with students of its own. */
    static final int CLIENTS = 16;

    static final int WARMING = 1_000;

    /** What is measured on it. */
    @FunctionalInterface
    interface Work {
        void on(BenchAcademy academy) throws IOException, InterruptedException;
    }

    /** @param students of each client, of which the first {@link #WARMING} buy while the academy warms up */
    static void run(int students, Work work) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("techcourse-bench");
        try (Progress progress = Progress.onStandardError();
                Database database =
                        Database.open(new Environment(Map.of("TECHCOURSE_DATA", folder.toString())), progress::say)) {
            BenchGround ground = new BenchGround(database);
            progress.say("Filling the database ...");
            ground.fill(CLIENTS, students);
            try (WebServer web = WebServer.start(
                    CompletableFuture.completedFuture(database),
                    0,
                    Map.of(
                            "techcourse.requests-per-minute",
                            100_000_000,
                            "techcourse.secret-key",
                            "a key for benchmarks, of enough length"))) {
                BenchAcademy academy = new BenchAcademy(database, web, ground, folder, progress);
                progress.say("Warming up ...");
                academy.mixed().perSecond(CLIENTS, WARM_UP_SECONDS, 0);
                ground.analyze();
                work.on(academy);
            }
            System.out.println(ground.books());
        } finally {
            delete(folder);
        }
    }

    /** Of whom each fourth has a coupon. */
    private HttpBuyers mixed() {
        String without = ground.popular(null);
        String with = ground.popular("BENCH");
        return new HttpBuyers(web.port(), student -> student % 4 == 0 ? with : without);
    }

    /** Who all order the same. */
    HttpBuyers buyers(String wish) {
        return new HttpBuyers(web.port(), _ -> wish);
    }

    static void print(String what, double rate, String unit, double base, String ofWhat) {
        System.out.printf(Locale.ROOT, "%-34s %8.1f %s/s  %5.2f of %s%n", what, rate, unit, rate / base, ofWhat);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
