package com.techcourse.platform.bench;

import com.techcourse.platform.bench.HttpBuyers.Rush;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "coupon",
        description = {
            "Orders asked for at once over HTTP: without a coupon, with one that lasts for all, and with one for 500 of them."
        },
        mixinStandardHelpOptions = true)
final class BenchCoupon implements Callable<Integer> {

    @Option(names = "--clients", defaultValue = "500", description = "at the same time (default: ${DEFAULT-VALUE})")
    private int clients;

    @Option(
            names = "--orders",
            defaultValue = "10000",
            description = "asked for in each turn (default: ${DEFAULT-VALUE})")
    private int orders;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchAcademy.run(BenchAcademy.WARMING + 3 * each(), this::turns);
        return 0;
    }

    /** Students of each client that a turn needs. */
    private int each() {
        return orders / BenchAcademy.CLIENTS + 1;
    }

    private void turns(BenchAcademy academy) {
        Rush none = rush(academy, null, BenchAcademy.WARMING);
        Rush lasting = rush(academy, "BENCH", BenchAcademy.WARMING + each());
        Rush hot = rush(academy, "HOT", BenchAcademy.WARMING + 2 * each());
        print("without a coupon", none, none);
        print("one coupon for all", lasting, none);
        print("one coupon for 500", hot, none);
        System.out.println(academy.ground().redemptions("HOT") + " of 500 redeemed");
    }

    private Rush rush(BenchAcademy academy, @Nullable String coupon, int first) {
        academy.progress().say(coupon == null ? "Without a coupon ..." : "With the coupon " + coupon + " ...");
        return academy.buyers(academy.ground().popular(coupon)).rush(clients, orders, first);
    }

    private static void print(String what, Rush rush, Rush base) {
        System.out.printf(
                Locale.ROOT,
                "%-20s %6d placed %8.1f answers/s %5.2f of without, the slowest in %.1f s%n",
                what,
                rush.placed(),
                rush.perSecond(),
                rush.perSecond() / base.perSecond(),
                rush.slowestSeconds());
    }
}
