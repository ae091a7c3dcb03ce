package com.techcourse.platform.watching;

import static com.techcourse.platform.watching.Rule.Unit.BYTES;
import static com.techcourse.platform.watching.Rule.Unit.COUNT;
import static com.techcourse.platform.watching.Rule.Unit.PERCENT;
import static com.techcourse.platform.watching.Rule.Unit.RATE;
import static com.techcourse.platform.watching.Rule.Unit.SECONDS;
import static com.techcourse.platform.watching.Rule.Unit.YES;

import com.techcourse.platform.watching.Rule.Unit;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** What the page shows, in the order in which one thing explains the next. */
record Board(String key, Predicate<Figures> wanted, List<Rule> rules) {

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final double DAY = 86_400;

    static final List<Board> ALL = List.of(
            new Board(
                    "database",
                    _ -> true,
                    List.of(
                            rule(
                                    "answers",
                                    "techcourse_database_up",
                                    YES,
                                    1,
                                    0.5,
                                    Light.UNKNOWN,
                                    "database-unreachable"),
                            rule(
                                            "connections",
                                            "techcourse_database_connections",
                                            PERCENT,
                                            0.8,
                                            0.95,
                                            "connections-near-limit")
                                    .judging(figures -> ratio(
                                            figures,
                                            "techcourse_database_connections",
                                            "techcourse_database_connections_max")),
                            rule(
                                    "oldest-transaction",
                                    "techcourse_database_oldest_transaction_seconds",
                                    SECONDS,
                                    10 * MINUTE,
                                    HOUR,
                                    "old-transaction"),
                            rule(
                                    "lock-wait",
                                    "techcourse_database_lock_wait_longest_seconds",
                                    SECONDS,
                                    5,
                                    MINUTE,
                                    "locks-wait"),
                            rule(
                                            "transaction-age",
                                            "techcourse_database_transaction_age",
                                            PERCENT,
                                            0.25,
                                            0.6,
                                            "transactions-age")
                                    .judging(
                                            figures -> scaled(figures, "techcourse_database_transaction_age", 1 / 2e9)),
                            Rule.told("commits", "techcourse_database_commits_total", RATE)
                                    .judging(figures -> newest(figures, "techcourse_database_commits_total")),
                            Rule.told("size", "techcourse_database_bytes", BYTES))),
            new Board(
                    "standbys",
                    figures -> isOrWas(figures, "techcourse_standbys") || isSynchronousWanted(figures),
                    List.of(
                            rule("standbys", "techcourse_standbys", COUNT, 1, 0.5, Light.UNKNOWN, "standby-gone"),
                            rule(
                                            "standbys-lost",
                                            "techcourse_standbys_lost",
                                            COUNT,
                                            0,
                                            Double.POSITIVE_INFINITY,
                                            "standby-gone")
                                    .judging(figures -> fewer(figures, "techcourse_standbys")),
                            rule(
                                            "synchronous",
                                            "techcourse_standby_synchronous",
                                            YES,
                                            1,
                                            0.5,
                                            Light.UNKNOWN,
                                            "no-synchronous-standby")
                                    .judging(figures -> isSynchronousWanted(figures)
                                            ? OptionalDouble.of(figures.max("techcourse_standby_synchronous")
                                                    .orElse(0))
                                            : OptionalDouble.empty()),
                            rule(
                                    "lag-seconds",
                                    "techcourse_standby_lag_seconds",
                                    SECONDS,
                                    MINUTE,
                                    10 * MINUTE,
                                    "standby-late"),
                            rule("lag-bytes", "techcourse_standby_lag_bytes", BYTES, 64e6, 1e9, "standby-lags"))),
            new Board(
                    "pooler",
                    figures -> figures.max("techcourse_pooler_up").isPresent(),
                    List.of(
                            rule("pooler", "techcourse_pooler_up", YES, 1, 0.5, Light.UNKNOWN, "pooler-down"),
                            rule(
                                            "pooler-wait",
                                            "techcourse_pooler_wait_longest_seconds",
                                            SECONDS,
                                            1,
                                            5,
                                            "pooler-clients-wait")
                                    .charting("techcourse_pooler_clients_waiting"))),
            new Board(
                    "sales",
                    _ -> true,
                    List.of(
                            Rule.told("orders", "techcourse_orders_recent", COUNT)
                                    .judging(figures -> figures.sum("techcourse_orders_recent")
                                                            .isPresent()
                                                    || figures.max("techcourse_jobs_waiting")
                                                            .isEmpty()
                                            ? figures.sum("techcourse_orders_recent")
                                            : OptionalDouble.of(0)),
                            rule(
                                            "payments-awaited",
                                            "techcourse_payments_awaited_longest_seconds",
                                            SECONDS,
                                            HOUR,
                                            DAY,
                                            "gateway-silent")
                                    .charting("techcourse_payments_awaited"),
                            rule(
                                    "givings-back",
                                    "techcourse_givings_back_failed",
                                    COUNT,
                                    0,
                                    Double.POSITIVE_INFINITY,
                                    "giving-back-failed"),
                            rule(
                                    "invoices",
                                    "techcourse_invoices_unnumbered_longest_seconds",
                                    SECONDS,
                                    HOUR,
                                    DAY,
                                    "invoices-unnumbered"),
                            rule("books", "techcourse_books_differences", COUNT, 0, 0, "books-differ"),
                            rule("seals", "techcourse_seals_broken", COUNT, 0, 0, "seal-broken"),
                            rule(
                                    "seal-waiting",
                                    "techcourse_seal_waiting_longest_seconds",
                                    SECONDS,
                                    10 * MINUTE,
                                    DAY,
                                    "seal-late"))),
            new Board(
                    "backups",
                    _ -> true,
                    List.of(
                            rule("archive", "techcourse_archive_failing", YES, 1, 0.5, Light.UNKNOWN, "archiving-fails")
                                    .judging(Board::archives),
                            rule(
                                    "backup",
                                    "techcourse_backup_taken_seconds",
                                    SECONDS,
                                    1.5 * DAY,
                                    3 * DAY,
                                    Light.NOTE,
                                    "backup-too-old"),
                            rule(
                                    "verified",
                                    "techcourse_backup_verified_seconds",
                                    SECONDS,
                                    8 * DAY,
                                    30 * DAY,
                                    Light.NOTE,
                                    "backup-not-verified"),
                            rule("unsound", "techcourse_backups_unsound", COUNT, 0, 0, "backup-unsound"),
                            rule(
                                            "partitions",
                                            "techcourse_partitions_ahead_seconds",
                                            SECONDS,
                                            30 * DAY,
                                            7 * DAY,
                                            "partitions-end")
                                    .judging(figures -> figures.min("techcourse_partitions_ahead_seconds")))),
            new Board(
                    "work",
                    _ -> true,
                    List.of(
                            rule(
                                            "jobs",
                                            "techcourse_jobs_waiting_longest_seconds",
                                            SECONDS,
                                            10 * MINUTE,
                                            HOUR,
                                            "jobs-stuck")
                                    .charting("techcourse_jobs_waiting"),
                            rule("jobs-dead", "techcourse_jobs_dead", COUNT, 0, Double.POSITIVE_INFINITY, "jobs-dead"),
                            rule(
                                            "outbox",
                                            "techcourse_outbox_waiting_longest_seconds",
                                            SECONDS,
                                            5 * MINUTE,
                                            HOUR,
                                            "outbox-stuck")
                                    .charting("techcourse_outbox_waiting"),
                            rule(
                                    "webhooks",
                                    "techcourse_webhooks_waiting_longest_seconds",
                                    SECONDS,
                                    15 * MINUTE,
                                    6 * HOUR,
                                    "webhooks-stuck"),
                            rule(
                                            "letters",
                                            "techcourse_letters_waiting_longest_seconds",
                                            SECONDS,
                                            15 * MINUTE,
                                            6 * HOUR,
                                            "letters-stuck")
                                    .judging(Board::letters)
                                    .charting("techcourse_letters_waiting"))));

    private static Rule rule(String key, String metric, Unit unit, double note, double bad, String runbook) {
        return rule(key, metric, unit, note, bad, Light.UNKNOWN, runbook);
    }

    private static Rule rule(
            String key, String metric, Unit unit, double note, double bad, Light absent, String runbook) {
        return Rule.of(key, metric, unit, note, bad, absent, runbook);
    }

    private static OptionalDouble ratio(Figures figures, String part, String whole) {
        OptionalDouble of = figures.max(whole);
        return of.isEmpty() || of.getAsDouble() == 0
                ? OptionalDouble.empty()
                : scaled(figures, part, 1 / of.getAsDouble());
    }

    private static OptionalDouble scaled(Figures figures, String metric, double factor) {
        return figures.max(metric).stream().map(value -> value * factor).findFirst();
    }

    /** Also what was lost since: it is what matters. */
    private static boolean isOrWas(Figures figures, String metric) {
        return figures.max(metric).orElse(0) > 0 || figures.history().most(metric) > 0;
    }

    /** How many there are less than there were in the last hours. */
    private static OptionalDouble fewer(Figures figures, String metric) {
        double most = figures.history().most(metric);
        return figures.max(metric).stream()
                .map(now -> Double.isNaN(most) ? 0 : Math.max(0, most - now))
                .findFirst();
    }

    /** Patroni takes its wish back when the last standby is lost. */
    private static boolean isSynchronousWanted(Figures figures) {
        return figures.max("techcourse_standbys_synchronous_wanted").orElse(0) > 0
                || isOrWas(figures, "techcourse_standby_synchronous");
    }

    private static OptionalDouble newest(Figures figures, String metric) {
        double newest = History.newest(figures.history().of(metric));
        return Double.isNaN(newest) ? OptionalDouble.empty() : OptionalDouble.of(newest);
    }

    /** Not known where the server does not archive at all. */
    private static OptionalDouble archives(Figures figures) {
        return figures.max("techcourse_archive_enabled").orElse(0) == 0
                ? OptionalDouble.empty()
                : figures.max("techcourse_archive_failing").stream()
                        .map(failing -> 1 - failing)
                        .findFirst();
    }

    /** Without a mail server letters wait, and are read in the outbox. */
    private static OptionalDouble letters(Figures figures) {
        return figures.max("techcourse_letters_sender").orElse(0) == 0
                ? OptionalDouble.empty()
                : figures.max("techcourse_letters_waiting_longest_seconds");
    }
}
