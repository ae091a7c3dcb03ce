package com.techcourse.sales.gateways;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The academy's account at Stripe, from {@code TECHCOURSE_STRIPE_..}. Holds secrets, so it says nothing of itself. */
@Component
final class StripeSettings {

    private final String key;
    private final String webhookSecret;
    private final String url;
    private final int patienceMillis;

    StripeSettings(
            @Value("${techcourse.stripe.key:}") String key,
            @Value("${techcourse.stripe.webhook-secret:}") String webhookSecret,
            @Value("${techcourse.stripe.url:https://api.stripe.com}") String url,
            @Value("${techcourse.stripe.patience-millis:15000}") int patienceMillis) {
        this.key = key;
        this.webhookSecret = webhookSecret;
        this.url = url;
        this.patienceMillis = patienceMillis;
    }

    boolean areGiven() {
        return !key.isEmpty();
    }

    String key() {
        return key;
    }

    String webhookSecret() {
        return webhookSecret;
    }

    String url() {
        return url;
    }

    /** For a connection, and for an answer. */
    int patienceMillis() {
        return patienceMillis;
    }

    @Override
    public String toString() {
        return "StripeSettings[" + (areGiven() ? "given" : "none") + "]";
    }
}
