package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.loading.SampleAcademy;
import com.techcourse.platform.Progress;
import com.techcourse.testing.Eventually;
import com.techcourse.testing.Shop;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TechCourseProcess;
import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sample academy on its best day: a hundred students buy the same three courses at once with a coupon for fifty. A
 * third of them sends everything twice, a tenth of the answers is never read, and the academy is killed twice meanwhile.
 */
@Tag("process")
class SaleDrillTest {

    private static final int STUDENTS = 100;
    private static final int SLOTS = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @SuppressWarnings("NullAway.Init")
    private List<UUID> courses;

    @Test
    void aHundredBuyersTwoKillsAndBooksThatAgree() throws Exception {
        TestDatabase database = TestDatabase.create();
        new SampleAcademy()
                .load(
                        database.database(),
                        Optional.empty(),
                        Optional.empty(),
                        new Progress(new PrintStream(OutputStream.nullOutputStream()), false));
        try (database;
                Sql sql = Sql.connect(database.ownerUrl())) {
            shop = new Shop(sql);
            courses = prepare(database.owner());
            TechCourseProcess academy = shop.up(database);
            List<Future<String>> buyers = buyers();
            for (int kills = 1; kills <= 2; kills++) {
                long paid = kills * STUDENTS / 3L;
                Eventually.isTrue(paid + " have paid", () -> paid() >= paid);
                academy.kill();
                academy = shop.up(database);
            }
            for (Future<String> buyer : buyers) {
                assertThat(buyer.get()).isEqualTo("captured");
            }
            Eventually.isTrue(
                    "nothing is under way",
                    () -> shop.number("select count(*) from sales.payments where status = 'pending'") == 0);
            everythingIsRight();
            academy.close();
        }
    }

    private static List<UUID> prepare(DSLContext owner) {
        List<UUID> bought = owner.transactionResult(transaction -> {
            DSLContext loader = transaction.dsl();
            loader.execute("set local role techcourse_loader");
            for (String statement : Shop.STUDENTS.formatted(STUDENTS, STUDENTS).split(";\n")) {
                loader.execute(statement);
            }
            loader.execute("""
                    insert into sales.coupons (code, percent_off, scope, valid_until, max_redemptions, created_by)
                    select 'BESTDAY', 15, 'platform', now() + interval '1 day', ?, min(user_id::text)::uuid
                      from identity.user_roles where role = 'admin'
                    """, SLOTS);
            return loader.fetch("""
                            select id from catalog.courses where status = 'published' and price > 0 and currency = 'EUR' order by slug limit 3
                            """).getValues(0, UUID.class);
        });
        Shop.sessions(owner, STUDENTS);
        return bought;
    }

    private List<Future<String>> buyers() {
        List<Future<String>> buyers = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        for (int n = 1; n <= STUDENTS; n++) {
            int number = n;
            buyers.add(threads.submit(() -> new Buyer(number).buys()));
        }
        threads.shutdown();
        return buyers;
    }

    /** Buys until it has bought, whatever happens to requests and answers. */
    private final class Buyer {

        private final int number;
        private final RandomGenerator luck;
        private final Instant end = Instant.now().plus(PATIENCE);

        private Buyer(int number) {
            this.number = number;
            this.luck = RandomGeneratorFactory.of("L64X128MixRandom").create(number);
        }

        private String buys() throws InterruptedException {
            String items = courses.stream()
                    .map("{\"course_id\": \"%s\"}"::formatted)
                    .collect(Collectors.joining(", ", "{\"courses\": [", "]"));
            JsonNode order = send("/orders", "order-with-coupon", items + ", \"coupon_code\": \"BESTDAY\"}");
            if (order.path("type").asString("").endsWith("coupon-limit")) {
                order = send("/orders", "order-without", items + "}");
            }
            String payments = "/orders/" + order.path("id").asString() + "/payments";
            JsonNode payment = send(
                    payments, "payment-of-it", "{\"card\": \"4242424242424242\", \"return_url\": \"/my-learning\"}");
            while (payment.path("status").asString().equals("pending")) {
                payment = send(
                        payments,
                        "payment-of-it",
                        "{\"card\": \"4242424242424242\", \"return_url\": \"/my-learning\"}");
            }
            return payment.path("status").asString() + payment.path("type").asString("");
        }

        private JsonNode send(String path, String key, String body) throws InterruptedException {
            while (Instant.now().isBefore(end)) {
                CompletableFuture<HttpResponse<String>> answer =
                        client.sendAsync(shop.request(number, path, key, body), HttpResponse.BodyHandlers.ofString());
                if (luck.nextInt(10) == 0) {
                    Thread.sleep(luck.nextInt(40));
                    answer.cancel(true);
                } else {
                    HttpResponse<String> told = read(answer);
                    // every third sends each request twice, answered or not
                    if (told != null && (number % 3 != 0 || luck.nextBoolean())) {
                        return JsonMapper.shared().readTree(told.body());
                    }
                }
            }
            throw new AssertionError("Buyer " + number + " came to no end with " + path);
        }

        private @org.jspecify.annotations.Nullable HttpResponse<String> read(
                CompletableFuture<HttpResponse<String>> answer) throws InterruptedException {
            try {
                HttpResponse<String> told = answer.get();
                if (told.statusCode() == 201 || told.statusCode() == 409) {
                    return told;
                }
                Thread.sleep(200);
            } catch (java.util.concurrent.ExecutionException e) {
                if (!(e.getCause() instanceof IOException)) {
                    throw new AssertionError(e.getCause());
                }
                Thread.sleep(100);
            }
            return null;
        }
    }

    private long paid() {
        return shop.number(
                "select count(*) from sales.orders o join identity.users u on u.id = o.student_id where o.paid_at is not null and u.email::text like '%@shop.example'");
    }

    private void everythingIsRight() {
        assertThat(shop.differences()).isEmpty();
        assertThat(paid()).isEqualTo(STUDENTS);
        assertThat(
                        shop.number(
                                "select count(*) from sales.coupon_slots s join sales.coupons c on c.id = s.coupon_id where c.code::text = 'BESTDAY'"))
                .isEqualTo(SLOTS);
        assertThat(
                        shop.number(
                                "select count(distinct o.id) from sales.orders o join sales.order_lines l on l.order_id = o.id join sales.coupons c on c.id = l.coupon_id where c.code::text = 'BESTDAY' and o.paid_at is not null"))
                .as("nobody holds a slot without having paid")
                .isEqualTo(SLOTS);
        assertThat(
                        shop.number(
                                "select count(*) from learning.enrollments e join identity.users u on u.id = e.student_id where u.email::text like '%@shop.example' and ended_at is null"))
                .isEqualTo(3L * STUDENTS);
        for (int n = 1; n <= STUDENTS; n++) {
            assertThat(shop.charges(n)).as("charges of student " + n).isOne();
        }
        assertThat(shop.chargesOfTheBank()).isEqualTo(shop.paidByStudents());
    }
}
