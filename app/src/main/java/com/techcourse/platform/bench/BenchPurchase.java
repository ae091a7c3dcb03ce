package com.techcourse.platform.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "purchase",
        description = {
            "Orders of three courses, placed and paid by 16 clients: over HTTP, and by the same statements in pgbench, in turns in one",
            "run; the same three courses for everybody, each buyer's own, and with a coupon that everybody uses."
        },
        mixinStandardHelpOptions = true)
final class BenchPurchase implements Callable<Integer> {

    private static final String PGBENCH = "pgbench, the same statements";

    @Option(names = "--seconds", defaultValue = "10", description = "of each turn (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "of turns (default: ${DEFAULT-VALUE})")
    private int rounds;

    /** In a turn a client does not buy for more students than this; a student buys once. */
    private static final int STUDENTS_OF_A_TURN = 1_000;

    /** Purchases in a second, of so many clients for so long, for their students after {@code first}. */
    @FunctionalInterface
    private interface Turn {
        double perSecond(int clients, int seconds, int first) throws IOException, InterruptedException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchAcademy.run(BenchAcademy.WARMING + 4 * rounds * STUDENTS_OF_A_TURN, this::turns);
        return 0;
    }

    private void turns(BenchAcademy academy) throws IOException, InterruptedException {
        BenchGround ground = academy.ground();
        List<String> others = ground.others();
        Map<String, Turn> turns = new LinkedHashMap<>();
        turns.put(
                PGBENCH,
                new PgbenchBuyers(academy.database().appUrl(), ground.popular(null), academy.folder())::perSecond);
        turns.put("over HTTP", academy.buyers(ground.popular(null))::perSecond);
        turns.put(
                "over HTTP, courses of one's own",
                new HttpBuyers(academy.web().port(), student -> others.get(student % others.size()))::perSecond);
        turns.put("over HTTP, with one coupon", academy.buyers(ground.popular("BENCH"))::perSecond);
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        int first = BenchAcademy.WARMING;
        for (int round = 1; round <= rounds; round++) {
            academy.progress().say("Round " + round + " of " + rounds);
            for (Map.Entry<String, Turn> turn : turns.entrySet()) {
                rates.computeIfAbsent(turn.getKey(), _ -> new ArrayList<>())
                        .add(turn.getValue().perSecond(BenchAcademy.CLIENTS, seconds, first));
                first += STUDENTS_OF_A_TURN;
            }
        }
        double base = median(rates.getOrDefault(PGBENCH, List.of()));
        rates.forEach((what, all) -> BenchAcademy.print(what, median(all), "purchases", base, "pgbench"));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
