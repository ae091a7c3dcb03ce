package com.techcourse.platform;

import com.techcourse.platform.postgres.DatabaseProblem;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The academy's account at Stripe: {@code TECHCOURSE_STRIPE_KEY} and {@code TECHCOURSE_STRIPE_WEBHOOK_SECRET}, both or
 * none, and {@code TECHCOURSE_STRIPE_URL} for a proxy before it. The sentences name the variables, never their values.
 */
final class StripeAccount {

    private static final String PREFIX = "TECHCOURSE_STRIPE_";
    private static final String KEY = PREFIX + "KEY";
    private static final String SECRET = PREFIX + "WEBHOOK_SECRET";
    private static final String URL = PREFIX + "URL";

    private static final Pattern KEYS = Pattern.compile("(sk|rk)_(test|live)_[A-Za-z0-9_]{8,250}");
    private static final Pattern SECRETS = Pattern.compile("whsec_[A-Za-z0-9+/=_-]{8,250}");
    private static final Pattern URLS =
            Pattern.compile("https://[^\\s?#]+|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?(/[^\\s?#]*)?");

    private StripeAccount() {}

    static Map<String, String> settings(Map<String, String> variables) {
        variables.forEach((variable, value) -> {
            if (variable.startsWith(PREFIX)
                    && !value.isBlank()
                    && !Set.of(KEY, SECRET, URL).contains(variable)) {
                throw new DatabaseProblem(
                        variable + " is no setting of Stripe.",
                        "There are " + KEY + ", " + SECRET + " and " + URL + ".");
            }
        });
        Map<String, String> settings = new TreeMap<>();
        put(settings, "techcourse.stripe.key", variables, KEY, KEYS, "the secret key of the account, sk_.. or rk_..");
        put(
                settings,
                "techcourse.stripe.webhook-secret",
                variables,
                SECRET,
                SECRETS,
                "the signing secret of the webhook endpoint, whsec_..");
        put(settings, "techcourse.stripe.url", variables, URL, URLS, "an https address, or http on this machine");
        refuseHalf(settings);
        return settings;
    }

    private static void put(
            Map<String, String> settings,
            String setting,
            Map<String, String> variables,
            String variable,
            Pattern form,
            String what) {
        String value = variables.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            return;
        }
        if (!form.matcher(value).matches()) {
            throw new DatabaseProblem(variable + " is not well formed.", "Set it to " + what + ".");
        }
        settings.put(setting, value);
    }

    /** Without the key nothing is paid, and without the secret no event of Stripe could be believed. */
    private static void refuseHalf(Map<String, String> settings) {
        boolean key = settings.containsKey("techcourse.stripe.key");
        if (!settings.isEmpty() && !key) {
            throw new DatabaseProblem("Stripe is set up by half: " + KEY + " is missing.", "Set it, or none of them.");
        }
        if (key && !settings.containsKey("techcourse.stripe.webhook-secret")) {
            throw new DatabaseProblem(
                    "Stripe is set up by half: " + SECRET + " is missing.", "Set it, or none of them.");
        }
    }
}
