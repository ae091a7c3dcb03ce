package com.techcourse.sales.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Payouts over HTTP: two accountants, an admin, and the instructors who are paid. Each test has its own month. */
class PayoutsApiTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
        academy.person("second", "accountant");
        academy.loader("""
                insert into catalog.course_instructors (course_id, instructor_id, share_percent)
                values (platform.uuid_v7_of('2026-01-01Z', 'paid-course'), platform.uuid_v7_of('2026-01-01Z', 'colleague'), 25)
                """);
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    /** A new student bought the paid course of 49.50 on that day. */
    private static void sold(String student, String day) {
        academy.person(student, "student");
        academy.loader("""
                insert into sales.orders (student_id, id, currency) values (platform.uuid_v7_of('2026-01-01Z', '%1$s'), platform.uuid_v7_of('2026-01-01Z', '%1$s/order'), 'EUR');
                insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, currency, instructor_share)
                select platform.uuid_v7_of('2026-01-01Z', '%1$s'), platform.uuid_v7_of('2026-01-01Z', '%1$s/order'), id, instructor_id, 49.50, 'EUR', 0.7
                  from catalog.courses where slug = 'paid-course';
                insert into sales.line_shares (student_id, order_id, course_id, instructor_id, share_percent)
                select platform.uuid_v7_of('2026-01-01Z', '%1$s'), platform.uuid_v7_of('2026-01-01Z', '%1$s/order'), course_id, instructor_id, share_percent
                  from catalog.course_instructors where share_percent > 0;
                insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
                values (platform.uuid_v7_of('2026-01-01Z', '%1$s'), platform.uuid_v7_of('2026-01-01Z', '%1$s/order'), 49.50, 'EUR', 'captured', 'demo', '%1$s', '%2$s 12:00+00')
                """.formatted(student, day));
    }

    private static ApiClient keyed(String who) {
        return academy.as(who).with("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static Answer run(String month) {
        return keyed("accountant").post("/payouts/runs", "{\"month\": \"%s\"}".formatted(month));
    }

    private static String payoutOf(String instructor, String month) {
        for (JsonNode payout : academy.as("admin")
                .get("/payouts?limit=100&month=" + month)
                .json()
                .path("items")) {
            if (payout.path("instructor_id")
                    .asString()
                    .equals(academy.id(instructor).toString())) {
                return payout.path("id").asString();
            }
        }
        throw new AssertionError("No payout of " + instructor + " in " + month);
    }

    @Test
    void fromThePreviewToTheStatement() throws IOException {
        sold("first", "2024-01-10");
        JsonNode preview = academy.as("accountant")
                .get("/payouts/preview?month=2024-02")
                .json()
                .path("items");
        assertThat(preview).hasSize(2);
        assertThat(preview.findValuesAsString("outcome")).containsOnly("to_pay", "below_minimum");
        assertThat(run("2024-02").json().path("planned").asInt()).isOne();
        assertThat(run("2024-02").json().path("planned").asInt()).isZero();
        String payout = payoutOf("instructor", "2024-02");
        assertThat(academy.as("instructor")
                        .get("/payouts/" + payout)
                        .json()
                        .path("amount")
                        .path("amount")
                        .asString())
                .isEqualTo("25.99");
        assertThat(keyed("accountant")
                        .post("/payouts/" + payout + "/approval", "")
                        .problem())
                .isEqualTo("four-eyes");
        ApiClient second = keyed("second");
        assertThat(second.post("/payouts/" + payout + "/approval", "").status()).isEqualTo(200);
        // a retry gets the same answer, another key is told that it is done
        assertThat(second.post("/payouts/" + payout + "/approval", "").status()).isEqualTo(200);
        assertThat(second.post("/payouts/" + payout + "/cancellation", "").problem())
                .isEqualTo("idempotency-key-reused");
        assertThat(keyed("second").post("/payouts/" + payout + "/approval", "").problem())
                .isEqualTo("already-decided");
        String transfer = "{\"reference\": \"SEPA 1\"}";
        Answer paid = keyed("accountant").post("/payouts/" + payout + "/payment", transfer);
        assertThat(paid.json().path("status").asString()).isEqualTo("paid");
        assertThat(academy.as("instructor").get("/payouts?status=paid").body()).contains("SEPA 1");
        assertThat(academy.as("colleague").get("/payouts/" + payout).status()).isEqualTo(404);
        assertThat(academy.as("colleague").get("/payouts").json().path("items")).isEmpty();

        String csv = academy.as("instructor")
                .get("/payouts/" + payout + "/statement.csv")
                .body();
        assertThat(csv.lines().toList())
                .hasSize(4)
                .satisfies(lines -> assertThat(lines.get(0)).startsWith("day,kind,course_title"))
                .satisfies(lines -> assertThat(lines.get(2))
                        .startsWith("2024-02-09,earnings,Python in practice,2024-01-10")
                        .endsWith("25.99,0.00,25.99,25.99,EUR"))
                .satisfies(lines -> assertThat(lines.get(3)).contains("closing_balance"));
        String pdf = text(academy.as("accountant").get("/payouts/" + payout + "/statement.pdf"));
        assertThat(pdf).contains("Instructor Person, February 2024, in EUR", "Python in practice", "25.99", "SEPA 1");
        String own = "/me/earnings/statement.%s?month=2024-02&currency=EUR";
        assertThat(academy.as("colleague").get(own.formatted("csv")).body()).contains("8.66");
        assertThat(text(academy.as("colleague").get(own.formatted("pdf"))))
                .contains("Closing balance", "8.66", "carried over");
        assertThat(academy.as("colleague")
                        .get("/payouts/" + payout + "/statement.pdf")
                        .status())
                .isEqualTo(404);
    }

    private static String today(String expression) {
        return String.valueOf(academy.owner().fetchValue("select " + expression));
    }

    private static String text(Answer answer) throws IOException {
        assertThat(answer.status()).isEqualTo(200);
        try (PDDocument document = Loader.loadPDF(answer.bytes())) {
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void whatIsEarnedAndWhen() {
        sold("recent-buyer", today("current_date - 3"));
        JsonNode earnings = academy.as("instructor")
                .get("/me/earnings")
                .json()
                .path("items")
                .path(0);
        assertThat(earnings.path("earned").path("amount").asString()).isEqualTo("25.99");
        assertThat(earnings.path("releases")).hasSize(1);
        assertThat(earnings.path("releases").path(0).path("day").asString()).isEqualTo(today("current_date + 27"));
        assertThat(academy.as("student").get("/me/earnings").status()).isEqualTo(403);
    }

    @Test
    void aMonthIsOverBeforeItIsRun() {
        String thisMonth = today("to_char(current_date, 'YYYY-MM')");
        assertThat(run(thisMonth).problem()).isEqualTo("month-not-over");
        assertThat(run("2024-13").problem()).isEqualTo("invalid-value");
        assertThat(academy.as("accountant")
                        .get("/payouts/preview?month=" + thisMonth)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aHundredRunsAtOncePlanOnce() throws Exception {
        for (int buyer = 0; buyer < 3; buyer++) {
            sold("hundred-" + buyer, "2025-05-10");
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> runs = IntStream.range(0, 100)
                    .<Callable<Answer>>mapToObj(number -> () -> run("2025-06"))
                    .toList();
            List<Future<Answer>> answers = threads.invokeAll(runs);
            assertThat(answers.stream().map(Future::resultNow).map(Answer::status))
                    .containsOnly(200);
            assertThat(answers.stream()
                            .map(Future::resultNow)
                            .mapToInt(answer -> answer.json().path("planned").asInt())
                            .sum())
                    .isEqualTo(2);
        }
        assertThat(academy.owner().fetchValue("select count(*) from sales.payouts where period_start = '2025-06-01'"))
                .isEqualTo(2L);
    }
}
