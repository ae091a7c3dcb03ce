package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.Browser;
import com.techcourse.testing.Browser.Answer;
import com.techcourse.testing.OpenIdProvider;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** An academy with a real provider, and people who go there and back. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ProviderAcademy {

    OpenIdProvider provider;
    ApiAcademy academy;

    @BeforeAll
    void start() {
        provider = new OpenIdProvider();
        academy = ApiAcademy.start(provider.settings());
    }

    @AfterAll
    void close() {
        academy.close();
        provider.close();
    }

    /** The address at the provider to which the button leads. */
    static String there(Browser browser) {
        Answer answer = browser.get("/sign-in/with/acme");
        assertThat(answer.status()).isEqualTo(302);
        return answer.header("Location");
    }

    /** To the provider, signed in there, and back. */
    Answer throughProvider(Browser browser, String subject) {
        return browser.get(provider.visit(there(browser), subject));
    }

    static boolean isSignedIn(Browser browser) {
        return browser.get("/sign-in").status() == 302;
    }

    static String refusal(Answer answer) {
        assertThat(answer.status()).isEqualTo(422);
        return answer.page().select("[role=alert]").text();
    }

    Browser signedIn(String who) {
        Browser browser = academy.browser();
        signIn(browser, who);
        return browser;
    }

    static void signIn(Browser browser, String who) {
        browser.get("/sign-in");
        assertThat(browser.post("/sign-in", Map.of("email", who + "@academy.example", "password", ApiAcademy.PASSWORD))
                        .status())
                .isEqualTo(302);
    }

    /** The same person at the API. */
    ApiClient api(Browser browser) {
        String session = browser.cookie(SessionCookie.NAME).orElseThrow().getValue();
        return academy.session(session);
    }

    int count(String query, Object... values) {
        return Objects.requireNonNull(academy.owner().fetchSingle(query, values).into(Integer.class));
    }

    int links(String subject) {
        return count("select count(*) from identity.external_identities where subject = ?", subject);
    }

    int letters(String address, String template) {
        return count(
                "select count(*) from identity.mails where recipient::text = ? and template = ?", address, template);
    }

    /** The path of the link in the newest letter that asks. */
    String letter(String address) {
        String link = academy.owner()
                .fetchSingle(
                        "select details ->> 'link' from identity.mails where recipient::text = ? and template = 'link-identity' order by id desc limit 1",
                        address)
                .into(String.class);
        assertThat(link).startsWith(OpenIdProvider.ACADEMY + "/link-identity/");
        return link.replaceFirst("^" + OpenIdProvider.ACADEMY, "");
    }
}
