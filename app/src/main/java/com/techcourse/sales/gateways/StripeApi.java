package com.techcourse.sales.gateways;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.DisputeRetrieveParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.util.List;
import org.springframework.stereotype.Component;

/** The few requests that are made of Stripe, with our key and our patience. */
@Component
class StripeApi {

    private static final int RETRIES = 1;

    private final StripeClient client;

    StripeApi(StripeSettings settings) {
        Stripe.enableTelemetry = false;
        client = StripeClient.builder()
                .setApiKey(settings.key())
                .setApiBase(settings.url())
                .setConnectTimeout(settings.patienceMillis())
                .setReadTimeout(settings.patienceMillis())
                .setMaxNetworkRetries(RETRIES)
                .build();
    }

    Session open(SessionCreateParams wanted, String key) throws StripeException {
        return client.v1().checkout().sessions().create(wanted, once(key));
    }

    /** With its payment, the charge and what Stripe keeps of it. */
    Session session(String id) throws StripeException {
        SessionRetrieveParams whole = SessionRetrieveParams.builder()
                .addExpand("payment_intent.latest_charge.balance_transaction")
                .build();
        return client.v1().checkout().sessions().retrieve(id, whole);
    }

    PaymentIntent payment(String id) throws StripeException {
        PaymentIntentRetrieveParams whole = PaymentIntentRetrieveParams.builder()
                .addExpand("latest_charge.balance_transaction")
                .build();
        return client.v1().paymentIntents().retrieve(id, whole);
    }

    Refund giveBack(RefundCreateParams wanted, String key) throws StripeException {
        return client.v1().refunds().create(wanted, once(key));
    }

    Refund refund(String id) throws StripeException {
        return client.v1().refunds().retrieve(id);
    }

    /** The newest hundred: an order has at most twenty lines. */
    List<Refund> refundsOf(String payment) throws StripeException {
        return client.v1()
                .refunds()
                .list(RefundListParams.builder()
                        .setPaymentIntent(payment)
                        .setLimit(100L)
                        .build())
                .getData();
    }

    Dispute dispute(String id) throws StripeException {
        return client.v1()
                .disputes()
                .retrieve(id, DisputeRetrieveParams.builder().build());
    }

    private static RequestOptions once(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }
}
