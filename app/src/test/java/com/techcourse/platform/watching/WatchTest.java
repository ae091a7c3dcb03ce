package com.techcourse.platform.watching;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Database;
import com.techcourse.platform.web.WebServer;
import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.Sql;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The figures follow what happens in the database, and say nothing about people. */
class WatchTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start(Map.of("techcourse.watch-interval", "200ms"));
    }

    @AfterAll
    static void stop() {
        academy.close();
    }

    @Test
    void theServerAndItsSizeAreSeen() {
        Scrape.until(academy, "techcourse_database_up", value -> value == 1);
        Scrape.until(academy, "techcourse_database_primary", value -> value == 1);
        Scrape.until(academy, "techcourse_database_bytes", value -> value > 1_000_000);
        Scrape.until(academy, "techcourse_database_connections", value -> value >= 1);
        Scrape.until(academy, "techcourse_database_transaction_age", value -> value > 0);
        Scrape.until(academy, "techcourse_database_commits_total", value -> value > 0);
        Scrape.until(
                academy, "techcourse_partitions_ahead_seconds{table=\"audit.change_log\"}", value -> value > 86_400);
    }

    @Test
    void aJobThatNobodyTakesIsSeen() {
        academy.owner()
                .execute("insert into platform.jobs (kind, run_at) values ('nobody_knows', now() - interval '1 hour')");
        Scrape.until(academy, "techcourse_jobs_waiting", value -> value >= 1);
        Scrape.until(academy, "techcourse_jobs_waiting_longest_seconds", value -> value >= 3600);
        academy.owner().execute("update platform.jobs set dead_at = now() where kind = 'nobody_knows'");
        Scrape.until(academy, "techcourse_jobs_dead", value -> value == 1);
        Scrape.until(academy, "techcourse_jobs_waiting_longest_seconds", value -> value < 3600);
    }

    @Test
    void aLetterThatIsNotSentIsSeen() {
        academy.owner().execute("""
                insert into identity.mails (recipient, template, locale, details, created_at)
                values ('somebody-unseen@example.org', 'welcome', 'en', '{}', now() - interval '2 hours')
                """);
        Scrape.until(academy, "techcourse_letters_waiting", value -> value >= 1);
        Scrape.until(academy, "techcourse_letters_waiting_longest_seconds", value -> value >= 7200);
        assertThat(Scrape.of(academy).values()).containsEntry("techcourse_letters_sender", 0.0);
    }

    @Test
    void backupsAndTheirTrialsAreSeen() {
        academy.owner().execute("""
                insert into platform.backups (name, started_at, finished_at, bytes, verified_at, faults)
                values ('old-and-sound', now() - interval '3 days 1 hour', now() - interval '3 days', 1000, now(), 0),
                       ('newest', now() - interval '2 hours', now() - interval '1 hour', 2000, null, null)
                """);
        Scrape.until(academy, "techcourse_backup_taken_seconds", value -> value >= 3600 && value < 4000);
        Scrape.until(academy, "techcourse_backup_verified_seconds", value -> value >= 3 * 86_400);
        Scrape.until(academy, "techcourse_backup_bytes", value -> value == 2000);
        academy.owner().execute("update platform.backups set verified_at = now(), faults = 2 where name = 'newest'");
        Scrape.until(academy, "techcourse_backups_unsound", value -> value == 1);
    }

    @Test
    void differencesOfTheBooksAndSealsAreSeen() {
        academy.loader("insert into reporting.book_checks (differences, took_milliseconds) values (3, 1)");
        Scrape.until(academy, "techcourse_books_differences", value -> value == 3);
        Scrape.until(academy, "techcourse_books_checked_seconds", value -> value >= 0);
        Scrape.until(academy, "techcourse_seals_broken", value -> value == 0);
    }

    @Test
    void anOpenTransactionAndWhoWaitsForItAreSeen() throws Exception {
        academy.owner().execute("create table if not exists public_lock (id integer)");
        try (Sql holder = Sql.connect(academy.database().database().ownerUrl());
                Sql waiter = Sql.connect(academy.database().database().ownerUrl())) {
            holder.run("begin");
            holder.run("lock table public_lock");
            Scrape.until(academy, "techcourse_database_oldest_transaction_seconds", value -> value > 0.2);
            Scrape.until(academy, "techcourse_database_connections_idle_in_transaction", value -> value >= 1);
            CompletableFuture<Void> waiting =
                    CompletableFuture.runAsync(() -> waiter.run("select count(*) from public_lock"));
            Scrape.until(academy, "techcourse_database_locks_waiting", value -> value >= 1);
            Scrape.until(academy, "techcourse_database_lock_wait_longest_seconds", value -> value > 0);
            holder.run("rollback");
            waiting.handle((_, _) -> null).join();
        }
        Scrape.until(academy, "techcourse_database_locks_waiting", value -> value == 0);
    }

    @Test
    void anOrderThatIsNotPaidForIsSeen() {
        academy.loader("""
                insert into sales.orders (student_id, id, currency, country) select id, platform.uuid_v7_of('2026-01-01Z', 'an order'), 'EUR', 'DE'
                  from identity.users where email::text = 'student@academy.example';
                """);
        Scrape.until(academy, "techcourse_orders_recent{gateway=\"none\",outcome=\"open\"}", value -> value == 1);
    }

    @Test
    void everyFigureHasItsMeaningAndNoneIsMissing() {
        academy.owner().execute("""
                insert into platform.backups (name, started_at, finished_at, bytes, verified_at, faults)
                values ('very-old', now() - interval '11 days', now() - interval '10 days', 1000, now(), 0)
                """);
        academy.loader("insert into reporting.book_checks (differences, took_milliseconds) values (3, 1)");
        Scrape.until(academy, "techcourse_books_differences", value -> value == 3);
        Scrape.until(academy, "techcourse_backup_verified_seconds", value -> value > 0);
        Scrape scrape = Scrape.of(academy);
        Set<String> ours = scrape.names().stream()
                .filter(name -> name.startsWith("techcourse_"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Exposition.help().keySet()).containsAll(ours);
        assertThat(Exposition.help().keySet().stream()
                        .filter(name ->
                                !name.startsWith("techcourse_pooler_") && !name.startsWith("techcourse_standby_"))
                        .filter(name -> !Set.of(
                                        "techcourse_archive_last_seconds",
                                        ServedCertificate.LEFT,
                                        "techcourse_seal_newest_seconds",
                                        "techcourse_orders_recent")
                                .contains(name)))
                .as("metrics that are described and not told")
                .allSatisfy(name -> assertThat(ours).contains(name));
        assertThat(scrape.text()).contains("# HELP techcourse_jobs_waiting Jobs that are due");
        assertThat(scrape.text()).doesNotContain("@", "somebody-unseen", ApiAcademy.PASSWORD);
    }

    /** Nobody waits for a database that does not open, Prometheus least of all. */
    @Test
    void aScrapeNeverWaitsForTheDatabase() throws Exception {
        CompletableFuture<Database> never = new CompletableFuture<>();
        try (WebServer node = WebServer.start(never, 0, Map.of("techcourse.watch-interval", "100ms"));
                HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/actuator/prometheus"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            try {
                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
            } finally {
                never.completeExceptionally(new IllegalStateException("It never opened."));
            }
        }
    }
}
