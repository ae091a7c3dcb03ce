package com.techcourse.sales.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.sales.gateways.Shop.Buyer;
import com.techcourse.sales.gateways.StripeServer.Fault;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Eventually;
import com.techcourse.testing.Together;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The whole dance with Stripe, over HTTP on both sides. */
class StripePaymentsTest {

    private static StripeServer stripe;
    private static Shop shop;

    @BeforeAll
    static void open() throws IOException {
        stripe = new StripeServer();
        shop = new Shop(stripe.settings());
    }

    @AfterAll
    static void close() {
        shop.close();
        stripe.close();
    }

    private static Answer tell(String event) {
        return tell(event, StripeServer.signature(event));
    }

    private static Answer tell(String event, String signature) {
        return shop.academy.visitor().with("Stripe-Signature", signature).post("/payments/stripe/events", event);
    }

    private static String session(Answer payment) {
        String url = payment.json().path("confirm_url").asString();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** A paid order, and what Stripe calls the payment. */
    private static String paid(Buyer buyer) {
        Answer pending = buyer.pay("key-" + UUID.randomUUID(), null);
        ObjectNode session = stripe.objects.pay(session(pending));
        assertThat(tell(StripeServer.event("checkout.session.completed", session))
                        .status())
                .isEqualTo(204);
        assertThat(buyer.status(pending)).isEqualTo("captured");
        return session.path("payment_intent").asString();
    }

    @Test
    void paidOnItsPageAndToldTwiceAndOutOfOrder() {
        Buyer buyer = shop.buyer();
        Answer pending = buyer.pay("key-of-the-dance", null);
        assertThat(pending.json().path("status").asString()).isEqualTo("pending");
        ObjectNode session = StripeObjects.existing(stripe.objects.sessions, session(pending));
        assertThat(session.path("success_url").asString()).endsWith("/my-learning");
        String opened = StripeServer.event("checkout.session.expired", session.deepCopy());
        stripe.objects.pay(session(pending));
        String done = StripeServer.event("checkout.session.completed", session.deepCopy());
        List<Answer> told = Together.times(10, _ -> tell(done));
        assertThat(told).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(204));
        assertThat(tell(opened).status()).isEqualTo(204);
        int requests = stripe.requests.get();
        assertThat(tell(done).status()).isEqualTo(204);
        assertThat(stripe.requests.get()).isEqualTo(requests);
        assertThat(buyer.status(pending)).isEqualTo("captured");
        assertThat(buyer.isEnrolled()).isTrue();
        assertThat(shop.count("sales.ledger_entries where kind = 'fee' and student_id = '" + buyer.id() + "'"))
                .isOne();
        assertThat(buyer.pay("key-of-the-dance", null).json().path("status").asString())
                .isEqualTo("captured");
    }

    @Test
    void aLostAnswerIsAskedForAgain() {
        Buyer buyer = shop.buyer();
        int before = stripe.objects.sessions.size();
        stripe.faults.addAll(List.of(Fault.ANSWER_LOST, Fault.ANSWER_LOST));
        Answer lost = buyer.pay("key-of-the-lost", null);
        assertThat(lost.json().path("status").asString()).isEqualTo("pending");
        assertThat(lost.json().has("confirm_url")).isFalse();
        Answer found = buyer.pay("key-of-the-lost", null);
        assertThat(session(found)).startsWith("cs_");
        assertThat(stripe.objects.sessions).hasSize(before + 1);
        stripe.objects.pay(session(found));
        // no event comes
        Eventually.isTrue("asked for", () -> buyer.status(found).equals("captured"));
    }

    @Test
    void aHundredEqualRequestsOpenOneSession() {
        Buyer buyer = shop.buyer();
        int before = stripe.objects.sessions.size();
        List<Answer> answers = Together.times(100, _ -> buyer.pay("key-of-the-impatient", null));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 503));
        assertThat(stripe.objects.sessions).hasSize(before + 1);
    }

    @Test
    void whatIsNotSignedByStripeIsNotBelieved() {
        Buyer buyer = shop.buyer();
        Answer pending = buyer.pay("key-of-the-forged", null);
        String event = StripeServer.event(
                "checkout.session.completed", StripeObjects.existing(stripe.objects.sessions, session(pending)));
        long now = System.currentTimeMillis() / 1000;
        for (String signature : List.of(
                StripeServer.signature(event, "whsec_of_somebody_else", now),
                StripeServer.signature(event, StripeServer.SECRET, now - 400),
                StripeServer.signature(event + " ", StripeServer.SECRET, now),
                "t=1,v1=00",
                "nothing")) {
            assertThat(tell(event, signature).problem()).isEqualTo("wrong-signature");
        }
        assertThat(shop.academy.visitor().post("/payments/stripe/events", event).status())
                .isEqualTo(400);
        assertThat(shop.count("sales.gateway_events where event_id = 'evt_forged'"))
                .isZero();
        String broken = "{not json";
        assertThat(tell(broken).problem()).isEqualTo("malformed-request");
        assertThat(buyer.pay(Shop.SUCCESS).json().path("field").asString()).isEqualTo("card");
    }

    @Test
    void expiredAndPaidByAnother() {
        Buyer buyer = shop.buyer();
        Answer first = buyer.pay("key-of-the-first", null);
        tell(StripeServer.event("checkout.session.expired", stripe.objects.expire(session(first))));
        assertThat(buyer.status(first)).isEqualTo("failed");
        Answer second = buyer.pay("key-of-the-second", null);
        assertThat(session(second)).isNotEqualTo(session(first));
        stripe.objects.payLater(session(second));
        tell(StripeServer.event(
                "checkout.session.completed", StripeObjects.existing(stripe.objects.sessions, session(second))));
        assertThat(buyer.status(second)).isEqualTo("pending");
        tell(StripeServer.event(
                "checkout.session.async_payment_succeeded", stripe.objects.decide(session(second), true)));
        assertThat(buyer.status(second)).isEqualTo("captured");
    }

    @Test
    void whatComesTooLateIsGivenBack() {
        Buyer buyer = shop.buyer();
        Answer pending = buyer.pay("key-of-the-late", null);
        UUID payment = UUID.fromString(pending.json().path("id").asString());
        shop.academy.owner().execute("select sales.fail_payment(?, ?, 'never_arrived')", buyer.id(), payment);
        buyer.cancel();
        ObjectNode session = stripe.objects.pay(session(pending));
        tell(StripeServer.event("checkout.session.completed", session));
        assertThat(buyer.status(pending)).isEqualTo("surplus");
        assertThat(buyer.isEnrolled()).isFalse();
        Eventually.isTrue(
                "given back",
                () -> shop.count("sales.gateway_refunds where status = 'done' and payment_id = '" + payment + "'")
                        == 1);
        assertThat(stripe.objects
                        .refundsOf(session.path("payment_intent").asString())
                        .path("data"))
                .hasSize(1);
    }

    @Test
    void aRefundFailsAndSucceedsLater() {
        Buyer buyer = shop.buyer();
        String payment = paid(buyer);
        stripe.objects.nextRefunds.add("refused");
        UUID refund = buyer.refund();
        String done = "sales.gateway_refunds where status = 'done' and tries = 2 and id = '" + refund + "'";
        Eventually.isTrue("given back", () -> shop.count(done) == 1);
        ObjectNode first =
                (ObjectNode) stripe.objects.refundsOf(payment).path("data").get(0);
        // the bank does not take it after all
        first.put("status", "failed").put("failure_reason", "expired_or_canceled_card");
        String event = StripeServer.event("refund.failed", first);
        assertThat(List.of(tell(event).status(), tell(event).status())).containsOnly(204);
        assertThat(shop.count("sales.gateway_refunds where status = 'pending' and id = '" + refund + "'"))
                .isOne();
        shop.academy.loader("update sales.gateway_refunds set next_try_at = now() where id = '" + refund + "'");
        Eventually.isTrue(
                "given back again",
                () -> shop.count("sales.gateway_refunds where status = 'done' and id = '" + refund + "'") == 1);
        assertThat(stripe.objects.refundsOf(payment).path("data")).hasSize(2);
        assertThat(shop.value("""
                select sum(case when d.kind = 'student_refunds' then e.amount else 0 end)
                     - sum(case when c.kind = 'student_refunds' then e.amount else 0 end)
                  from sales.ledger_entries e join sales.ledger_accounts d on d.id = e.debit_account_id
                  join sales.ledger_accounts c on c.id = e.credit_account_id where e.student_id = '%s'
                """.formatted(buyer.id()))).isEqualTo("0.00");
    }

    @Test
    void aDisputeTakesTheMoneyBack() {
        Buyer buyer = shop.buyer();
        String payment = paid(buyer);
        ObjectNode dispute = stripe.objects.dispute(payment);
        String created = StripeServer.event("charge.dispute.created", dispute);
        assertThat(List.of(
                        tell(created).status(),
                        tell(created).status(),
                        tell(StripeServer.event("charge.dispute.funds_withdrawn", dispute))
                                .status()))
                .containsOnly(204);
        assertThat(buyer.isEnrolled()).isFalse();
        assertThat(shop.count("sales.refunds where kind = 'chargeback' and student_id = '" + buyer.id() + "'"))
                .isOne();
        assertThat(shop.value("select sum(amount) from sales.ledger_entries where kind = 'fee' and student_id = '"
                        + buyer.id() + "'"))
                .isEqualTo("15.29");
    }

    @Test
    void anEventThatCannotBeLookedUpComesAgain() {
        ObjectNode unknown = stripe.objects.sessions.isEmpty()
                ? stripe.objects.open(Map.of("expires_at", "9999999999"))
                : stripe.objects.sessions.values().iterator().next().deepCopy();
        unknown.put("id", "cs_test_unknown");
        String event = StripeServer.event("evt_again", "checkout.session.completed", unknown);
        assertThat(tell(event).status()).isEqualTo(503);
        assertThat(shop.count("sales.gateway_events where event_id = 'evt_again' and handled_at is null"))
                .isOne();
        assertThat(tell(StripeServer.event(
                                "customer.created", unknown.deepCopy().put("object", "customer")))
                        .status())
                .isEqualTo(204);
    }
}
