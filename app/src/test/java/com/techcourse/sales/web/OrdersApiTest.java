package com.techcourse.sales.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Students order over HTTP, and take money back; staff gives it. */
class OrdersApiTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
        academy.loader("""
                insert into sales.coupons (code, percent_off, scope, valid_until, max_redemptions, created_by)
                values ('ALL', 100, 'platform', now() + interval '1 day', 50, '%s'),
                       ('TEN', 10, 'platform', now() + interval '1 day', 1000, '%s')
                """.formatted(academy.id("admin"), academy.id("admin")));
    }

    @AfterAll
    static void close() {
        assertThat(academy.owner().fetchCount(org.jooq.impl.DSL.table("reporting.books_differences()")))
                .isZero();
        academy.close();
    }

    private static String wish(String members) {
        return "{\"courses\": [{\"course_id\": \"%s\"}]%s}".formatted(academy.id("paid-course"), members);
    }

    private static ApiClient keyed(ApiClient client, String key) {
        return client.with("Idempotency-Key", key);
    }

    /** The gateway's part is tested with the gateways. */
    private static void pay(String order, String student) {
        academy.loader("""
                with payment as (
                  insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
                  select student_id, id, total_amount, currency, 'captured', 'demo', id::text, now() from sales.orders where id = '%s'
                  returning *
                )
                insert into sales.payment_references (gateway, reference, student_id, payment_id)
                select gateway, reference, student_id, id from payment
                """.formatted(order));
    }

    @Test
    void fromTheBasketToTheRefund() {
        ApiClient student = academy.newStudent("basket");
        assertThat(student.post("/orders", wish("")).problem()).as("no key").isEqualTo("invalid-value");
        assertThat(keyed(student, "short").post("/orders", wish("")).problem()).isEqualTo("invalid-value");
        Answer placed =
                keyed(student, "basket-1").post("/orders", wish(", \"coupon_code\": \"ten\", \"country\": \"DE\""));
        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.json().at("/total/amount").asString()).isEqualTo("44.55");
        assertThat(placed.json().at("/lines/0/discount/amount").asString()).isEqualTo("4.95");
        assertThat(keyed(student, "basket-1")
                        .post("/orders", wish(", \"coupon_code\": \"ten\", \"country\": \"DE\""))
                        .body())
                .isEqualTo(placed.body());
        assertThat(keyed(student, "basket-1").post("/orders", wish("")).problem())
                .isEqualTo("idempotency-key-reused");
        String order = placed.json().path("id").asString();
        assertThat(student.get("/orders").json().path("items")).hasSize(1);
        assertThat(keyed(student, "refund-0")
                        .post("/orders/" + order + "/refunds", "{}")
                        .problem())
                .isEqualTo("order-not-paid");
        pay(order, "basket");
        assertThat(student.get("/orders/" + order).json().path("status").asString())
                .isEqualTo("paid");
        assertThat(keyed(student, "basket-2").post("/orders", wish("")).problem())
                .isEqualTo("already-enrolled");
        assertThat(student.delete("/orders/" + order).problem()).isEqualTo("already-paid");
        assertThat(student.get("/enrollments/" + academy.id("paid-course")).status())
                .isEqualTo(200);

        Answer refund = keyed(student, "refund-1").post("/orders/" + order + "/refunds", "{\"reason\": \"No time\"}");
        assertThat(refund.status()).isEqualTo(201);
        assertThat(refund.json().at("/amount/amount").asString()).isEqualTo("44.55");
        assertThat(keyed(student, "refund-1")
                        .post("/orders/" + order + "/refunds", "{\"reason\": \"No time\"}")
                        .body())
                .isEqualTo(refund.body());
        assertThat(keyed(student, "refund-2")
                        .post("/orders/" + order + "/refunds", "{}")
                        .problem())
                .isEqualTo("refund-too-high");
        assertThat(student.get("/orders/" + order + "/refunds").json().path("items"))
                .hasSize(1);
        assertThat(student.get("/orders/" + order).json().path("status").asString())
                .isEqualTo("refunded");
        assertThat(student.get("/enrollments/" + academy.id("paid-course"))
                        .json()
                        .path("end_reason")
                        .asString())
                .isEqualTo("refunded");
    }

    @Test
    void theStaffGivesBackInPartsAndWithAReason() {
        ApiClient student = academy.newStudent("patient");
        String order = keyed(student, "patient-1")
                .post("/orders", wish(""))
                .json()
                .path("id")
                .asString();
        pay(order, "patient");
        String part = "{\"lines\": [{\"course_id\": \"%s\", \"amount\": \"%s\"}]%s}";
        UUID course = academy.id("paid-course");
        assertThat(keyed(student, "patient-2")
                        .post("/orders/" + order + "/refunds", part.formatted(course, "1.00", ""))
                        .problem())
                .isEqualTo("invalid-value");
        for (String staff : List.of("accountant", "admin")) {
            ApiClient member = academy.as(staff);
            assertThat(member.get("/orders/" + order).status()).isEqualTo(200);
            assertThat(keyed(member, staff + "-key-1")
                            .post("/orders/" + order + "/refunds", part.formatted(course, "1.00", ""))
                            .problem())
                    .isEqualTo("invalid-value");
            String goodwill = part.formatted(course, "1.00", ", \"reason\": \"Goodwill\"");
            assertThat(keyed(member, staff + "-key-2")
                            .post("/orders/" + order + "/refunds", goodwill)
                            .status())
                    .isEqualTo(201);
            assertThat(keyed(member, staff + "-key-2")
                            .post("/orders/" + order + "/refunds", goodwill)
                            .status())
                    .isEqualTo(201);
            assertThat(keyed(member, staff + "-key-3")
                            .post(
                                    "/orders/" + order + "/refunds",
                                    part.formatted(course, "49.51", ", \"reason\": \"Too much\""))
                            .problem())
                    .isEqualTo("refund-too-high");
            assertThat(keyed(member, staff + "-key-4")
                            .post(
                                    "/orders/" + order + "/refunds",
                                    part.formatted(course, "lots", ", \"reason\": \"?\""))
                            .problem())
                    .isEqualTo("invalid-value");
        }
        assertThat(student.get("/orders/" + order).json().at("/refunded/amount").asString())
                .isEqualTo("2.00");
    }

    @Test
    void whatIsFreeAfterTheCouponIsPaidAtOnce() {
        ApiClient student = academy.newStudent("lucky");
        Answer placed = keyed(student, "lucky-order").post("/orders", wish(", \"coupon_code\": \"ALL\""));
        assertThat(placed.json().path("status").asString()).isEqualTo("paid");
        assertThat(student.get("/enrollments/" + academy.id("paid-course")).status())
                .isEqualTo(200);
    }

    @Test
    void aHundredRetriesAreOneOrder() {
        ApiClient student = academy.newStudent("impatient");
        List<Answer> answers =
                Together.times(100, _ -> keyed(student, "impatient-1").post("/orders", wish("")));
        assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
        assertThat(student.get("/orders").json().path("items")).hasSize(1);
    }

    @Test
    void aCouponOfFiftyIsFiftyForAHundred() {
        academy.loader("""
                insert into sales.coupons (code, percent_off, scope, valid_until, max_redemptions, created_by)
                values ('FIFTY', 20, 'platform', now() + interval '1 day', 50, '%s')
                """.formatted(academy.id("admin")));
        List<ApiClient> students = Stream.iterate(0, n -> n + 1)
                .limit(100)
                .map(n -> academy.newStudent("fan" + n))
                .toList();
        List<Answer> answers = Together.times(
                100, n -> keyed(students.get(n), "fan-order").post("/orders", wish(", \"coupon_code\": \"FIFTY\"")));
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(50);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allMatch(answer -> answer.problem().equals("coupon-limit"));
    }

    @Test
    void whatIsWrongIsSaid() {
        ApiClient student = academy.newStudent("careless");
        for (String[] wrong : new String[][] {
            {"{\"courses\": []}", "invalid-value"},
            {wish(", \"country\": \"Germany\""), "invalid-value"},
            {wish(", \"purpose\": \"gift\""), "invalid-value"},
            {wish(", \"coupon_code\": \"NOPE\""), "coupon-not-usable"},
            {"{\"courses\": [{\"course_id\": \"%s\"}]}".formatted(academy.id("draft-course")), "course-not-open"},
            {"{\"courses\": [{\"course_id\": \"%s\"}]}".formatted(UUID.randomUUID()), "course-not-open"},
        }) {
            assertThat(keyed(student, "careless-1").post("/orders", wrong[0]).problem())
                    .as(wrong[0])
                    .isEqualTo(wrong[1]);
        }
        String order = keyed(student, "careless-2")
                .post("/orders", wish(""))
                .json()
                .path("id")
                .asString();
        assertThat(academy.newStudent("stranger").get("/orders/" + order).status())
                .isEqualTo(404);
        assertThat(student.delete("/orders/" + order).status()).isEqualTo(204);
        assertThat(student.delete("/orders/" + order).status()).isEqualTo(204);
        assertThat(student.get("/orders/" + order).json().path("close_reason").asString())
                .isEqualTo("cancelled");
    }
}
