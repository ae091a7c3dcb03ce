package com.techcourse.platform.bench;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import com.techcourse.platform.web.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "purchase",
        description = {
            "Orders of three popular courses, placed and paid: over HTTP, and by the same statements in pgbench, in turns",
            "in one run; and again with a coupon that everybody uses."
        },
        mixinStandardHelpOptions = true)
final class BenchPurchase implements Callable<Integer> {

    @Option(names = "--clients", defaultValue = "16", description = "at the same time (default: ${DEFAULT-VALUE})")
    private int clients;

    @Option(names = "--seconds", defaultValue = "10", description = "of each turn (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "of turns (default: ${DEFAULT-VALUE})")
    private int rounds;

    /** Students of each client; a student buys once. */
    private static final int STUDENTS = 8_000;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("techcourse-bench");
        try (Progress progress = Progress.onStandardError();
                Database database =
                        Database.open(new Environment(Map.of("TECHCOURSE_DATA", folder.toString())), progress::say)) {
            BenchGround ground = new BenchGround(database);
            progress.say("Filling the database ...");
            ground.fill(clients, STUDENTS);
            try (WebServer web = WebServer.start(
                    CompletableFuture.completedFuture(database),
                    0,
                    Map.of(
                            "techcourse.requests-per-minute",
                            100_000_000,
                            "techcourse.secret-key",
                            "a key for benchmarks, of enough length"))) {
                turns(progress, ground, database, web, folder);
            }
            System.out.println(ground.books());
            return 0;
        } finally {
            delete(folder);
        }
    }

    private void turns(Progress progress, BenchGround ground, Database database, WebServer web, Path folder)
            throws IOException, InterruptedException {
        List<List<Double>> rates = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        HttpBuyers http = new HttpBuyers(web.port(), ground.wish(false));
        HttpBuyers coupon = new HttpBuyers(web.port(), ground.wish(true));
        PgbenchBuyers pgbench = new PgbenchBuyers(database.appUrl(), ground.wish(false), folder);
        progress.say("Warming up ...");
        int turn = 0;
        http.perSecond(clients, seconds, 0);
        for (int round = 0; round < rounds; round++) {
            progress.say("Round " + (round + 1) + " of " + rounds);
            rates.get(0).add(http.perSecond(clients, seconds, ++turn * STUDENTS / (3 * rounds + 1)));
            rates.get(1).add(pgbench.perSecond(clients, seconds, ++turn * STUDENTS / (3 * rounds + 1)));
            rates.get(2).add(coupon.perSecond(clients, seconds, ++turn * STUDENTS / (3 * rounds + 1)));
        }
        double base = median(rates.get(1));
        print("pgbench, the same statements", base, base);
        print("over HTTP", median(rates.get(0)), base);
        print("over HTTP, with one coupon", median(rates.get(2)), base);
    }

    private void print(String what, double rate, double base) {
        System.out.printf(Locale.ROOT, "%-30s %8.1f purchases/s  %5.2f of pgbench%n", what, rate, rate / base);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
