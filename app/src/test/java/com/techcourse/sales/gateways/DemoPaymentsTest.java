package com.techcourse.sales.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.sales.gateways.Shop.Buyer;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Eventually;
import com.techcourse.testing.Together;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each test card of the demo gateway, over HTTP. */
class DemoPaymentsTest {

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = new Shop(Map.of());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void paidAtOnce() {
        Buyer buyer = shop.buyer();
        Answer paid = buyer.pay("key-of-the-first", Shop.SUCCESS);
        assertThat(paid.status()).isEqualTo(201);
        assertThat(paid.json().path("status").asString()).isEqualTo("captured");
        assertThat(paid.json().path("money").path("amount").asString()).isEqualTo("49.50");
        assertThat(buyer.isEnrolled()).isTrue();
        Answer again = buyer.pay("key-of-the-first", Shop.SUCCESS);
        assertThat(again.json()).isEqualTo(paid.json());
        assertThat(buyer.pay("key-of-the-first", "4000000000000002").problem()).isEqualTo("idempotency-key-reused");
        assertThat(buyer.pay("key-of-the-second", Shop.SUCCESS).problem()).isEqualTo("already-paid");
        assertThat(buyer.client()
                        .get("/orders/" + buyer.order() + "/payments")
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(shop.value("select fee_amount from sales.payments where student_id = '" + buyer.id() + "'"))
                .isEqualTo("0.94");
    }

    @Test
    void declinedThenPaidByAnother() {
        Buyer buyer = shop.buyer();
        Answer declined = buyer.pay("4000000000009995");
        assertThat(declined.json().path("status").asString()).isEqualTo("failed");
        assertThat(declined.json().path("failure_reason").asString()).isEqualTo("insufficient_funds");
        assertThat(buyer.isEnrolled()).isFalse();
        assertThat(buyer.pay("4000000000000002").json().path("failure_reason").asString())
                .isEqualTo("card_declined");
        assertThat(buyer.pay(Shop.SUCCESS).json().path("status").asString()).isEqualTo("captured");
        assertThat(buyer.isEnrolled()).isTrue();
        assertThat(buyer.client()
                        .get("/orders/" + buyer.order() + "/payments?limit=2")
                        .json()
                        .path("next")
                        .isString())
                .isTrue();
    }

    @Test
    void confirmedByTheBuyerOrNot() {
        for (boolean approved : List.of(true, false)) {
            Buyer buyer = shop.buyer();
            Answer pending = buyer.pay("key-of-" + approved, "4000002500003155");
            assertThat(pending.json().path("status").asString()).isEqualTo("pending");
            String url = pending.json().path("confirm_url").asString();
            assertThat(buyer.pay("key-of-" + approved, "4000002500003155")
                            .json()
                            .path("confirm_url")
                            .asString())
                    .isEqualTo(url);
            String path = url.substring(url.indexOf("/payments/"));
            assertThat(shop.buyer().client().post(path, "{\"approved\": true}").status())
                    .isEqualTo(404);
            Answer confirmed = buyer.client().post(path, "{\"approved\": " + approved + "}");
            assertThat(confirmed.json().path("status").asString()).isEqualTo(approved ? "captured" : "failed");
            assertThat(buyer.isEnrolled()).isEqualTo(approved);
            assertThat(buyer.pay("key-of-" + approved, "4000002500003155")
                            .json()
                            .path("status")
                            .asString())
                    .isEqualTo(approved ? "captured" : "failed");
        }
    }

    @Test
    void slowAndLostAnswersAreFound() {
        Buyer slow = shop.buyer();
        Buyer lost = shop.buyer();
        Answer later = slow.pay("key-of-the-slow", "4000000000004087");
        Answer never = lost.pay("key-of-the-lost", "4000000000005043");
        assertThat(later.json().path("status").asString()).isEqualTo("pending");
        assertThat(never.json().path("status").asString()).isEqualTo("pending");
        assertThat(never.json().has("confirm_url")).isFalse();
        Eventually.isTrue("the lost answer is found", () -> lost.status(never).equals("captured"));
        Eventually.isTrue("the slow answer comes", () -> slow.status(later).equals("captured"));
        assertThat(lost.isEnrolled() && slow.isEnrolled()).isTrue();
        assertThat(lost.pay("key-of-the-lost", "4000000000005043")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("captured");
    }

    @Test
    void aHundredEqualRequestsMakeOneCharge() {
        Buyer buyer = shop.buyer();
        List<Answer> answers = Together.times(100, _ -> buyer.pay("key-of-the-impatient", Shop.SUCCESS));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 503));
        List<String> payments = answers.stream()
                .filter(answer -> answer.status() == 201)
                .map(answer -> answer.json().path("id").asString())
                .distinct()
                .toList();
        assertThat(payments).hasSize(1);
        assertThat(shop.count("sales.demo_charges where payment_id = '" + payments.getFirst() + "'"))
                .isOne();
        assertThat(shop.count("sales.payments where student_id = '" + buyer.id() + "'"))
                .isOne();
        assertThat(shop.count("learning.enrollments where student_id = '" + buyer.id() + "'"))
                .isOne();
    }

    @Test
    void twoTabsPayWithOnePayment() {
        Buyer buyer = shop.buyer();
        List<Answer> answers = Together.times(20, n -> buyer.pay("key-of-tab-" + n, Shop.SUCCESS));
        assertThat(answers)
                .allSatisfy(answer -> assertThat(
                                answer.status() == 201 || answer.problem().equals("already-paid"))
                        .isTrue());
        assertThat(shop.count("sales.payments where student_id = '" + buyer.id() + "'"))
                .isOne();
    }

    @Test
    void whatIsAskedWronglyIsRefused() {
        Buyer buyer = shop.buyer();
        String path = "/orders/" + buyer.order() + "/payments";
        String body = "{\"card\": \"4242424242424242\", \"return_url\": \"/my-learning\"}";
        assertThat(buyer.client().post(path, body).problem()).isEqualTo("invalid-value");
        assertThat(buyer.pay("short", Shop.SUCCESS).json().path("field").asString())
                .isEqualTo("Idempotency-Key");
        assertThat(buyer.pay("5555555555554444").json().path("field").asString())
                .isEqualTo("card");
        for (String url : List.of("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", " ")) {
            assertThat(buyer.client()
                            .with("Idempotency-Key", "key-of-the-strayed")
                            .post(path, body.replace("/my-learning", url))
                            .json()
                            .path("field")
                            .asString())
                    .isEqualTo("return_url");
        }
        assertThat(shop.buyer()
                        .client()
                        .with("Idempotency-Key", "key-of-a-stranger")
                        .post(path, body)
                        .status())
                .isEqualTo(404);
        assertThat(shop.buyer().client().get(path).status()).isEqualTo(404);
        assertThat(shop.count("sales.payments where student_id = '" + buyer.id() + "'"))
                .isZero();
    }

    @Test
    void aRefusedReturnIsTriedAgainAndDoneOnce() {
        Buyer buyer = shop.buyer();
        assertThat(buyer.pay("4000000000005126").json().path("status").asString())
                .isEqualTo("captured");
        UUID refund = buyer.refund();
        Eventually.isTrue(
                "given back",
                () -> shop.count("sales.gateway_refunds where status = 'done' and id = '" + refund + "'") == 1);
        assertThat(shop.value("select tries from sales.gateway_refunds where id = '" + refund + "'"))
                .isEqualTo("3");
        assertThat(shop.value("select sum(amount) from sales.demo_returns where request_id = '" + refund + "'"))
                .isEqualTo("49.50");
        assertThat(buyer.isEnrolled()).isFalse();
    }

    @Test
    void receiversOfEventsAreTold() {
        shop.academy.loader("""
                insert into platform.webhooks (url, topics, created_by)
                values ('https://receiver.example/', '{order.paid.v1,payment.failed.v1,order.refunded.v1}', '%s')
                """.formatted(shop.academy.id("admin")));
        Buyer buyer = shop.buyer();
        buyer.pay("4000000000000002");
        buyer.pay(Shop.SUCCESS);
        buyer.refund();
        Eventually.isTrue(
                "collected",
                () -> "order.paid.v1,order.refunded.v1,payment.failed.v1"
                        .equals(shop.value(
                                "select string_agg(topic, ',' order by topic) from platform.events where payload ->> 'student_id' = '"
                                        + buyer.id() + "'")));
    }
}
