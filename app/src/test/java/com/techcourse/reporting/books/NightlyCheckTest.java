package com.techcourse.reporting.books;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Acting;
import com.techcourse.platform.jobs.Jobs;
import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.BrokenBooks;
import com.techcourse.testing.Eventually;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The nightly job on a running academy: what it finds is kept, and shown to accountants and to whoever watches. */
class NightlyCheckTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
        String order = academy.as("student")
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/orders", "{\"courses\": [{\"course_id\": \"" + academy.id("paid-course") + "\"}]}")
                .json()
                .path("id")
                .asString();
        assertThat(academy.as("student")
                        .with("Idempotency-Key", UUID.randomUUID().toString())
                        .post(
                                "/orders/" + order + "/payments",
                                "{\"card\": \"4242424242424242\", \"return_url\": \"/my-learning\"}")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("captured");
        academy.loader("select sales.number_invoices(null, 1000, null)");
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    /** The newest check, once the job has run again. */
    private static JsonNode checked() {
        int before = checks();
        academy.database().as(Acting.visitor(), database -> {
            new Jobs().enqueue(database, "check_books", Map.of());
            return true;
        });
        Eventually.isTrue("the books are checked", () -> checks() > before);
        return academy.as("accountant")
                .get("/reports/book-checks?limit=1")
                .json()
                .path("items")
                .path(0);
    }

    private static int checks() {
        return academy.as("accountant")
                .get("/reports/book-checks?limit=100")
                .json()
                .path("items")
                .size();
    }

    private static Iterable<String> rules(JsonNode check) {
        return check.path("examples").values().stream()
                .map(example -> example.path("rule").asString())
                .toList();
    }

    @Test
    void soundBooksBrokenOnesAndAMissingNumber() {
        assertThat(checked().path("differences").asInt(-1)).isZero();
        BrokenBooks.PAYMENT.during(academy.database(), () -> {
            JsonNode check = checked();
            assertThat(check.path("differences").asInt()).isPositive();
            assertThat(rules(check)).contains("the ledger holds every sale", "an invoice is its payment");
        });
        BrokenBooks.INVOICE_NUMBER.during(academy.database(), () -> {
            JsonNode check = checked();
            assertThat(check.path("differences").asInt()).isOne();
            assertThat(rules(check)).containsExactly("numbers without a gap");
        });
        assertThat(checked().path("differences").asInt(-1)).isZero();
    }
}
