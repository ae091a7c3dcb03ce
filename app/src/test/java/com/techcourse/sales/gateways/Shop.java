package com.techcourse.sales.gateways;

import com.techcourse.platform.Acting;
import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An academy that looks after its payments every second, and students who buy its paid course. */
final class Shop implements AutoCloseable {

    static final String SUCCESS = "4242424242424242";

    final ApiAcademy academy;
    private final AtomicInteger numbers = new AtomicInteger();

    Shop(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "techcourse.reconcile-every", "1s",
                "techcourse.reconcile-age", "500ms",
                "techcourse.give-back-every", "1s",
                "techcourse.give-back-again", "100ms"));
        all.putAll(settings);
        academy = ApiAcademy.start(all);
    }

    /** A student with an open order of the paid course. */
    record Buyer(Shop shop, UUID id, ApiClient client, UUID order) {

        Answer pay(String key, @Nullable String card) {
            return client.with("Idempotency-Key", key)
                    .post(
                            "/orders/" + order + "/payments",
                            card == null ? "{\"return_url\": \"/my-learning\"}" : """
                            {"card": "%s", "return_url": "/my-learning"}""".formatted(card));
        }

        Answer pay(String card) {
            return pay("key-" + UUID.randomUUID(), card);
        }

        String status(Answer payment) {
            return client.get("/payments/" + payment.json().path("id").asString())
                    .json()
                    .path("status")
                    .asString();
        }

        boolean isEnrolled() {
            return shop.count("learning.enrollments where ended_at is null and order_id = '" + order
                            + "' and student_id = '" + id + "'")
                    == 1;
        }

        UUID refund() {
            return shop.academy
                    .database()
                    .as(
                            Acting.student(id),
                            dsl -> dsl.fetchSingle("select sales.refund_order(?, ?, null, 'Too hard')", id, order)
                                    .into(UUID.class));
        }

        void cancel() {
            shop.academy.database().as(Acting.student(id), dsl -> dsl.execute("select sales.cancel_order(?)", order));
        }
    }

    Buyer buyer() {
        String name = "buyer" + numbers.incrementAndGet();
        ApiClient client = academy.newStudent(name);
        UUID id = academy.id(name);
        UUID order = academy.database().as(Acting.student(id), dsl -> {
            String wish = "{\"courses\": [{\"course_id\": \"%s\"}]}".formatted(academy.id("paid-course"));
            return UUID.fromString(String.valueOf(dsl.fetchValue(
                    "select sales.place_order(?::jsonb, ?, sha256(convert_to(?, 'UTF8'))) #>> '{body,id}'",
                    wish,
                    "order-of-" + name,
                    wish)));
        });
        return new Buyer(this, id, client, order);
    }

    long count(String fromWhere) {
        return academy.owner().transactionResult(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            return (Long) transaction.dsl().fetchValue("select count(*) from " + fromWhere);
        });
    }

    @Nullable
    String value(String query) {
        return academy.owner().transactionResult(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            Object value = transaction.dsl().fetchValue(query);
            return value == null ? null : value.toString();
        });
    }

    @Override
    public void close() {
        academy.close();
    }
}
