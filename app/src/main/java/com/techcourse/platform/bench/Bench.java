package com.techcourse.platform.bench;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        description = "Benchmarks on a database of their own, which is gone afterwards; they report ratios.",
        mixinStandardHelpOptions = true,
        subcommands = {BenchPurchase.class, BenchCoupon.class})
public final class Bench implements Runnable {

    @picocli.CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private picocli.CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
