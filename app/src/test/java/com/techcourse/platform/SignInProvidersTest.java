package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.platform.postgres.DatabaseProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignInProvidersTest {

    @Test
    void variablesBecomeSettings() {
        assertThat(SignInProviders.settings(Map.of(
                        "TECHCOURSE_OIDC_ACME_ISSUER", "https://login.acme.example/realms/staff ",
                        "TECHCOURSE_OIDC_ACME_CLIENT_ID", "academy",
                        "TECHCOURSE_OIDC_ACME_CLIENT_SECRET", "s3cret",
                        "TECHCOURSE_OIDC_ACME_DISPLAY_NAME", "Acme",
                        "TECHCOURSE_PORT", "8080")))
                .containsOnly(
                        Map.entry("techcourse.oidc.acme.issuer", "https://login.acme.example/realms/staff"),
                        Map.entry("techcourse.oidc.acme.client-id", "academy"),
                        Map.entry("techcourse.oidc.acme.client-secret", "s3cret"),
                        Map.entry("techcourse.oidc.acme.display-name", "Acme"));
    }

    @Test
    void whatIsMissingOrWrongIsSaidBeforeTheStart() {
        for (Map<String, String> wrong : java.util.List.of(
                Map.of("TECHCOURSE_OIDC_ACME_ISSUER", "https://login.acme.example"),
                Map.of("TECHCOURSE_OIDC_ACME_CLIENT_ID", "academy"),
                Map.of("TECHCOURSE_OIDC_ACME_URL", "https://login.acme.example"),
                Map.of("TECHCOURSE_OIDC_ACME_CLIENT_ID", "a", "TECHCOURSE_OIDC_ACME_ISSUER", "http://login.example"))) {
            assertThatThrownBy(() -> SignInProviders.settings(wrong))
                    .as(wrong.toString())
                    .isInstanceOf(DatabaseProblem.class);
        }
    }
}
