package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techcourse.platform.postgres.DatabaseProblem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StripeAccountTest {

    private static final String KEY = "sk_test_0123456789";
    private static final String SECRET = "whsec_0123456789";

    @Test
    void variablesBecomeSettings() {
        assertThat(StripeAccount.settings(Map.of("TECHCOURSE_PORT", "8080", "TECHCOURSE_STRIPE_KEY", " ")))
                .isEmpty();
        assertThat(StripeAccount.settings(Map.of(
                        "TECHCOURSE_STRIPE_KEY",
                        KEY + " ",
                        "TECHCOURSE_STRIPE_WEBHOOK_SECRET",
                        SECRET,
                        "TECHCOURSE_STRIPE_URL",
                        "http://127.0.0.1:4711")))
                .containsOnly(
                        Map.entry("techcourse.stripe.key", KEY),
                        Map.entry("techcourse.stripe.webhook-secret", SECRET),
                        Map.entry("techcourse.stripe.url", "http://127.0.0.1:4711"));
    }

    @Test
    void halfOfItOrSomethingElseIsRefusedAndNoSecretIsSaid() {
        for (Map<String, String> wrong : List.of(
                Map.of("TECHCOURSE_STRIPE_KEY", KEY),
                Map.of("TECHCOURSE_STRIPE_WEBHOOK_SECRET", SECRET),
                Map.of("TECHCOURSE_STRIPE_URL", "https://proxy.example"),
                Map.of("TECHCOURSE_STRIPE_KEY", "pk_test_0123456789", "TECHCOURSE_STRIPE_WEBHOOK_SECRET", SECRET),
                Map.of("TECHCOURSE_STRIPE_KEY", KEY, "TECHCOURSE_STRIPE_WEBHOOK_SECRET", "secret_0123456789"),
                Map.of("TECHCOURSE_STRIPE_SECRET", SECRET),
                Map.of(
                        "TECHCOURSE_STRIPE_KEY", KEY,
                        "TECHCOURSE_STRIPE_WEBHOOK_SECRET", SECRET,
                        "TECHCOURSE_STRIPE_URL", "http://proxy.example"))) {
            DatabaseProblem refused = catchThrowableOfType(DatabaseProblem.class, () -> StripeAccount.settings(wrong));
            assertThat(refused).as(wrong.keySet().toString()).isNotNull();
            assertThat(refused.getMessage() + refused).doesNotContain("0123456789");
        }
    }
}
