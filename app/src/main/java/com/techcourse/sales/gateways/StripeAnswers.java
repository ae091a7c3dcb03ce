package com.techcourse.sales.gateways;

import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.model.checkout.Session;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What sessions and payments of Stripe mean for a payment of ours. */
final class StripeAnswers {

    private static final Set<String> BEGUN_ANEW = Set.of("requires_payment_method", "canceled");

    private StripeAnswers() {}

    static Answer of(Session session) {
        PaymentIntent payment = session.getPaymentIntentObject();
        if ("expired".equals(session.getStatus())) {
            return new Answer.Declined(session.getId(), "expired");
        }
        if ("open".equals(session.getStatus())) {
            String url = session.getUrl();
            return url == null
                    ? new Answer.Waiting(session.getId())
                    : new Answer.ToConfirm(session.getId(), URI.create(url));
        }
        return payment == null ? new Answer.Waiting(session.getId()) : of(payment);
    }

    /** Of a buyer who has done the part that is done on Stripe's page; some ways of paying take days from there. */
    static Answer of(PaymentIntent payment) {
        if (BEGUN_ANEW.contains(payment.getStatus())) {
            return new Answer.Declined(payment.getId(), reason(payment));
        }
        return "succeeded".equals(payment.getStatus()) ? captured(payment) : new Answer.Waiting(payment.getId());
    }

    private static Answer captured(PaymentIntent payment) {
        Charge charge = payment.getLatestChargeObject();
        long taken = payment.getAmountReceived();
        return new Answer.Captured(
                payment.getId(),
                MinorUnits.money(taken, payment.getCurrency()),
                fee(charge, payment.getCurrency()),
                time(charge == null ? payment.getCreated() : charge.getCreated()));
    }

    /** Not known at once for every way of paying, nor in our currency when Stripe pays out in another. */
    private static @Nullable BigDecimal fee(@Nullable Charge charge, String currency) {
        BalanceTransaction booked = charge == null ? null : charge.getBalanceTransactionObject();
        return booked == null || !currency.equals(booked.getCurrency())
                ? null
                : MinorUnits.money(booked.getFee(), currency).amount();
    }

    private static String reason(PaymentIntent payment) {
        StripeError error = payment.getLastPaymentError();
        if (error == null) {
            return "payment_failed";
        }
        return error.getDeclineCode() != null
                ? error.getDeclineCode()
                : error.getCode() != null ? error.getCode() : "payment_failed";
    }

    static OffsetDateTime time(long seconds) {
        return Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC);
    }
}
