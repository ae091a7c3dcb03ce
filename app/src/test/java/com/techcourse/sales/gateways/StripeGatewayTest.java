package com.techcourse.sales.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.platform.api.Money;
import com.techcourse.sales.gateways.StripeServer.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter over HTTP, against a server that answers as Stripe's reference tells. */
class StripeGatewayTest {

    private StripeServer stripe;
    private StripeGateway gateway;

    @BeforeEach
    void open() throws IOException {
        stripe = new StripeServer();
        gateway = gateway(StripeServer.KEY);
    }

    private StripeGateway gateway(String key) {
        return new StripeGateway(new StripeApi(new StripeSettings(key, StripeServer.SECRET, stripe.url(), 700)));
    }

    @AfterEach
    void close() {
        stripe.close();
    }

    private static Due due(String amount, String currency) {
        return new Due(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                new Money(new BigDecimal(amount), currency),
                List.of("Python in practice", "Soup"),
                new Means(null, URI.create("https://academy.example/orders")),
                UUID.randomUUID().toString(),
                OffsetDateTime.now());
    }

    private static Due named(Due due, String reference) {
        return new Due(
                due.student(),
                due.order(),
                due.payment(),
                due.money(),
                due.titles(),
                due.means(),
                reference,
                due.begunAt());
    }

    private static Return wanted(Due due, String reference, String amount, int tries) {
        return new Return(
                due.student(),
                due.order(), // any id
                due.payment(),
                reference,
                new Money(new BigDecimal(amount), due.money().currency()),
                tries);
    }

    private Answer.ToConfirm opened(Due due) {
        assertThat(gateway.ask(due)).isInstanceOf(Answer.ToConfirm.class);
        return (Answer.ToConfirm) gateway.ask(due);
    }

    @Test
    void theBuyerPaysOnItsPage() {
        Due due = due("49.50", "EUR");
        Answer.ToConfirm page = opened(due);
        assertThat(stripe.objects.sessions).hasSize(1);
        assertThat(page.where().getHost()).isEqualTo("checkout.stripe.com");
        assertThat(gateway.look(named(due, page.reference()))).isEqualTo(page);
        stripe.objects.pay(page.reference());
        Answer.Captured paid = (Answer.Captured) gateway.look(named(due, page.reference()));
        assertThat(paid.money()).isEqualTo(due.money());
        assertThat(paid.fee()).isEqualByComparingTo("0.29");
        assertThat(paid.reference()).startsWith("pi_");
        assertThat(gateway.look(named(due, paid.reference()))).isEqualTo(paid);
        assertThat(StripeObjects.existing(stripe.objects.payments, paid.reference())
                        .path("metadata")
                        .path("payment_id")
                        .asString())
                .isEqualTo(due.payment().toString());
    }

    @Test
    void aLostAnswerOpensNoSecondSession() {
        Due due = due("49.50", "EUR");
        stripe.faults.add(Fault.ANSWER_LOST);
        stripe.faults.add(Fault.ANSWER_LOST);
        assertThat(gateway.ask(due)).isEqualTo(new Answer.Waiting(null));
        assertThat(gateway.look(due)).isEqualTo(new Answer.Waiting(null));
        opened(due);
        assertThat(stripe.objects.sessions).hasSize(1);
    }

    @Test
    void faultsOfTheServerLeaveItOpenAndRefusalsEndIt() {
        stripe.faults.addAll(List.of(Fault.STATUS_500, Fault.STATUS_500));
        assertThat(gateway.ask(due("1.00", "EUR"))).isEqualTo(new Answer.Waiting(null));
        stripe.faults.clear();
        stripe.faults.addAll(List.of(Fault.TOO_MANY, Fault.TOO_MANY));
        assertThat(gateway.ask(due("1.00", "EUR"))).isEqualTo(new Answer.Waiting(null));
        stripe.faults.clear();
        stripe.faults.add(Fault.REFUSED);
        assertThat(gateway.ask(due("0.01", "EUR"))).isEqualTo(new Answer.Declined(null, "amount_too_small"));
        assertThatThrownBy(() -> gateway("sk_test_another_key").ask(due("1.00", "EUR")))
                .isInstanceOf(GatewayClosed.class);
    }

    @Test
    void sessionsExpireAndBanksSayNo() {
        Due due = due("5.00", "EUR");
        Answer.ToConfirm page = opened(due);
        stripe.objects.expire(page.reference());
        assertThat(gateway.look(named(due, page.reference())))
                .isEqualTo(new Answer.Declined(page.reference(), "expired"));
        Due later = due("5.00", "EUR");
        Answer.ToConfirm second = opened(later);
        stripe.objects.payLater(second.reference());
        assertThat(gateway.look(named(later, second.reference()))).isInstanceOf(Answer.Waiting.class);
        stripe.objects.decide(second.reference(), false);
        assertThat(((Answer.Declined) gateway.look(named(later, second.reference()))).reason())
                .isEqualTo("insufficient_funds");
    }

    @Test
    void unitsAreThoseOfTheCurrency() {
        for (List<String> told : List.of(
                List.of("1234.00", "JPY", "1234"),
                List.of("12.34", "EUR", "1234"),
                List.of("12.34", "KWD", "12340"),
                List.of("12.00", "ISK", "1200"))) {
            Due due = due(told.get(0), told.get(1));
            Answer.ToConfirm page = opened(due);
            assertThat(StripeObjects.existing(stripe.objects.sessions, page.reference())
                            .path("amount_total")
                            .asString())
                    .isEqualTo(told.get(2));
            stripe.objects.pay(page.reference());
            assertThat(((Answer.Captured) gateway.look(named(due, page.reference()))).money())
                    .isEqualTo(due.money());
        }
        assertThat(gateway.ask(due("12.34", "JPY"))).isEqualTo(new Answer.Declined(null, "amount_not_payable"));
    }

    @Test
    void moneyGoesBackOnceWhateverGetsLost() {
        Due due = due("10.00", "EUR");
        String session = opened(due).reference();
        String payment = stripe.objects.pay(session).path("payment_intent").asString();
        stripe.faults.addAll(List.of(Fault.ANSWER_LOST, Fault.ANSWER_LOST));
        Return wanted = wanted(due, session, "4.00", 1);
        assertThat(gateway.giveBack(wanted)).isInstanceOf(GivenBack.Refused.class);
        GivenBack again = gateway.giveBack(wanted(due, payment, "4.00", 2));
        assertThat(again).isInstanceOf(GivenBack.Done.class);
        assertThat(stripe.objects.refunds).hasSize(1);
    }

    @Test
    void aRefusedRefundIsTriedAnewAndOneThatFailsLaterToo() {
        Due due = due("10.00", "EUR");
        String payment = stripe.objects
                .pay(opened(due).reference())
                .path("payment_intent")
                .asString();
        stripe.objects.nextRefunds.addAll(List.of("refused", "pending"));
        GivenBack refused = gateway.giveBack(wanted(due, payment, "10.00", 1));
        assertThat(refused).isEqualTo(new GivenBack.Refused("balance_insufficient"));
        Return second = wanted(due, payment, "10.00", 2);
        GivenBack.Underway underway = (GivenBack.Underway) gateway.giveBack(second);
        StripeObjects.existing(stripe.objects.refunds, underway.reference()).put("status", "failed");
        GivenBack third = gateway.giveBack(wanted(due, payment, "10.00", 3));
        assertThat(third).isInstanceOf(GivenBack.Done.class);
        assertThat(stripe.objects.refunds).hasSize(2);
        assertThat(gateway.giveBack(wanted(due, payment, "10.00", 4))).isEqualTo(third);
    }

    @Test
    void nothingSaysTheKey() {
        StripeSettings settings = new StripeSettings(StripeServer.KEY, StripeServer.SECRET, stripe.url(), 700);
        assertThat(StripeServer.holdsSecret(settings.toString())).isFalse();
    }
}
