package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.techcourse.testing.Eventually;
import com.techcourse.testing.PgBouncer;
import com.techcourse.testing.Shop;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TechCourseProcess;
import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An academy behind a PgBouncer in transaction mode that has three connections for all: sales go on while connections are
 * ended under them again and again, and while PgBouncer itself is killed.
 */
@Tag("process")
class RidingThroughTest {

    private static final int STUDENTS = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<Integer> statuses = new ConcurrentSkipListSet<>();
    private final AtomicInteger bought = new AtomicInteger();

    @Test
    void salesGoOnWhileConnectionsAreEndedAndThePoolerIsKilled() throws Exception {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed");
        try (TestDatabase database = TestDatabase.create();
                Sql books = Sql.connect(database.ownerUrl());
                Sql superuser = Sql.connect(database.superuserUrl())) {
            database.owner().execute("select platform.ensure_partitions()");
            Shop.open(database.owner(), STUDENTS);
            Shop shop = new Shop(books);
            try (PgBouncer pooler = PgBouncer.before(database.appUrl());
                    TechCourseProcess academy = academy(database, pooler);
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                shop.at(academy.port());
                List<Future<?>> buyers = new ArrayList<>();
                for (int n = 1; n <= STUDENTS; n++) {
                    int student = n;
                    buyers.add(threads.submit(() -> buys(shop, student)));
                }
                for (int round = 1; round <= 6; round++) {
                    int sold = round * STUDENTS / 8;
                    Eventually.isTrue(sold + " have bought", () -> bought.get() >= sold);
                    if (round % 3 == 0) {
                        pooler.kill();
                        Thread.sleep(500);
                        pooler.startAgain();
                    } else {
                        superuser.run(
                                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'techcourse_app'");
                    }
                }
                for (Future<?> buyer : buyers) {
                    buyer.get();
                }
                everybodyIsWhoTheyAre(threads, academy.port(), shop);
            }
            assertThat(statuses).isSubsetOf(201, 503);
            for (int n = 1; n <= STUDENTS; n++) {
                assertThat(shop.orders(n)).isOne();
                assertThat(shop.charges(n)).isOne();
                assertThat(shop.enrolments(n)).isEqualTo(3);
            }
            assertThat(shop.differences()).isEmpty();
            assertThat(shop.chargesOfTheBank()).isEqualTo(shop.paidByStudents());
        }
    }

    private static TechCourseProcess academy(TestDatabase database, PgBouncer pooler) throws Exception {
        int port = TechCourseProcess.freePort();
        TechCourseProcess academy = TechCourseProcess.start(
                Map.of(
                        "TECHCOURSE_DATABASE_URL", database.ownerUrl().uri(),
                        "TECHCOURSE_POOLER", pooler.address(),
                        "TECHCOURSE_PORT", Integer.toString(port),
                        "TECHCOURSE_REQUESTS_PER_MINUTE", "1000000",
                        "TECHCOURSE_SECRET_KEY", "a key for tests, of enough length"),
                port,
                "up");
        academy.awaitOutput("TechCourse is up");
        return academy;
    }

    /** Until it is done; asked once more whenever there was no answer, or one that says to ask again. */
    private Object buys(Shop shop, int student) throws IOException, InterruptedException {
        String order = answered(shop, student, "/orders", "order", Shop.ALL_COURSES)
                .replaceAll("(?s).*?\"id\":\\s*\"([0-9a-f-]{36})\".*", "$1");
        answered(
                shop,
                student,
                "/orders/" + order + "/payments",
                "payment",
                "{\"card\": \"4242424242424242\", \"return_url\": \"/my-learning\"}");
        return bought.incrementAndGet();
    }

    private String answered(Shop shop, int student, String path, String key, String body) throws InterruptedException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("Student " + student + " was never served at " + path);
            }
            try {
                HttpResponse<String> answer = client.send(
                        shop.request(student, path, key + "-of-" + student, body),
                        HttpResponse.BodyHandlers.ofString());
                statuses.add(answer.statusCode());
                if (answer.statusCode() == 201) {
                    return answer.body();
                }
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            } catch (HttpTimeoutException e) {
                throw new AssertionError("A request hung", e);
            } catch (IOException e) {
                // asked again
            }
            Thread.sleep(50);
        }
    }

    /** No transaction ever acts as whoever had the connection before. */
    private void everybodyIsWhoTheyAre(ExecutorService threads, int port, Shop shop) throws Exception {
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int n = 0; n < 600; n++) {
            int student = n % STUDENTS + 1;
            answers.add(threads.submit(() -> {
                HttpRequest me = HttpRequest.newBuilder(shop.request(student, "/me", "none", ""), (_, _) -> true)
                        .uri(URI.create("http://localhost:" + port + "/api/v1/me"))
                        .GET()
                        .build();
                return client.send(me, HttpResponse.BodyHandlers.ofString())
                        .body()
                        .contains("\"shop" + student + "@shop.example\"");
            }));
        }
        for (Future<Boolean> answer : answers) {
            assertThat(answer.get()).isTrue();
        }
    }
}
