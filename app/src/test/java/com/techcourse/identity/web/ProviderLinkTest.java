package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.Browser;
import com.techcourse.testing.Browser.Answer;
import com.techcourse.testing.Together;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Linking an account elsewhere to one that is here: never without a confirmation, and never by somebody else. */
class ProviderLinkTest extends ProviderAcademy {

    private static final Map<String, String> PASSWORD = Map.of("password", ApiAcademy.PASSWORD);

    /** Somebody with an account here, whose address the provider has proven. */
    private void known(String who) {
        academy.person(who, "student");
        provider.person(who, who + "@academy.example", true);
    }

    @Test
    void anAddressThatHasAnAccountLinksNothing() {
        known("asked");
        Browser browser = academy.browser();
        Answer answer = throughProvider(browser, "asked");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.page().select("a[href='/sign-in?next=/link-identity']"))
                .hasSize(1);
        assertThat(isSignedIn(browser)).isFalse();
        assertThat(links("asked")).isZero();
        assertThat(letters("asked@academy.example", "link-identity")).isOne();
    }

    @Test
    void theLetterLinksInTheBrowserThatCameOnce() {
        known("reader");
        Browser browser = academy.browser();
        throughProvider(browser, "reader");
        String letter = letter("reader@academy.example");
        assertThat(browser.get(letter).page().select("main form")).hasSize(1);
        assertThat(links("reader")).as("reading links nothing").isZero();
        assertThat(browser.post(letter, Map.of()).page().select("a[href=/sign-in/with/acme]"))
                .hasSize(1);
        assertThat(links("reader")).isOne();
        assertThat(letters("reader@academy.example", "identity-linked")).isOne();
        assertThat(browser.post(letter, Map.of()).status()).isEqualTo(422);
        assertThat(links("reader")).isOne();
        assertThat(throughProvider(browser, "reader").location()).isEqualTo("/");
        assertThat(api(browser).get("/me").json().path("email").asString()).isEqualTo("reader@academy.example");
    }

    @Test
    void nobodyElseConfirms() {
        known("owner");
        Browser attacker = academy.browser();
        throughProvider(attacker, "owner");
        String letter = letter("owner@academy.example");

        Browser owner = academy.browser();
        owner.get("/sign-in");
        assertThat(owner.get(letter).page().select("main form")).isEmpty();
        assertThat(owner.post(letter, Map.of()).status()).isEqualTo(422);
        attacker.get("/sign-in");
        assertThat(attacker.post("/link-identity/" + SecretToken.fresh().value(), Map.of())
                        .status())
                .isEqualTo(422);
        signIn(attacker, "other");
        assertThat(attacker.get("/link-identity").page().select("main form button"))
                .isEmpty();
        assertThat(attacker.post("/link-identity", PASSWORD).status()).isEqualTo(422);
        assertThat(links("owner")).isZero();
    }

    @Test
    void aConfirmationComesInTime() {
        known("slow");
        Browser browser = academy.browser();
        throughProvider(browser, "slow");
        String letter = letter("slow@academy.example");
        browser.get(letter);
        academy.owner().execute("update identity.provider_sign_ins set expires_at = now() - interval '1 second'");
        assertThat(browser.post(letter, Map.of()).status()).isEqualTo(422);
        assertThat(links("slow")).isZero();
    }

    @Test
    void beingSignedInConfirmsTooWithThePassword() {
        known("insider");
        Browser browser = academy.browser();
        throughProvider(browser, "insider");
        signIn(browser, "insider");
        assertThat(browser.get("/link-identity").page().select("#password")).hasSize(1);
        assertThat(browser.post("/link-identity", Map.of("password", "wrong")).status())
                .isEqualTo(422);
        assertThat(links("insider")).isZero();
        assertThat(browser.post("/link-identity", PASSWORD).status()).isEqualTo(200);
        assertThat(links("insider")).isOne();
    }

    @Test
    void whoIsSignedInLinksAnAccountOfAnyAddress() {
        academy.person("collector", "student");
        provider.person("elsewhere", "quite-another@example.org", false);
        Browser browser = signedIn("collector");
        assertThat(browser.get(SecurityPages.PATH).page().select("a[href=/sign-in/with/acme]"))
                .hasSize(1);
        assertThat(throughProvider(browser, "elsewhere").location()).isEqualTo("/link-identity");
        assertThat(links("elsewhere")).as("nothing without a confirmation").isZero();
        browser.get("/link-identity");
        assertThat(browser.postOnly("/link-identity", PASSWORD).status())
                .as("from another site")
                .isEqualTo(403);
        assertThat(browser.post("/link-identity", PASSWORD).status()).isEqualTo(200);
        assertThat(throughProvider(browser, "elsewhere").location()).isEqualTo(SecurityPages.PATH);

        Browser another = signedIn("other");
        assertThat(refusal(throughProvider(another, "elsewhere"))).isNotEmpty();
        assertThat(api(another).get("/me").json().path("email").asString()).isEqualTo("other@academy.example");
    }

    @Test
    void linksAreListedUnlinkedToldAndKept() {
        known("lister");
        Browser browser = linked("lister");
        ApiClient lister = api(browser);
        var items = lister.get("/me/identities").json().path("items");
        assertThat(items.size()).isOne();
        assertThat(items.path(0).path("provider").asString()).isEqualTo("acme");
        assertThat(items.path(0).path("issuer").asString()).isEqualTo(provider.issuer());
        String id = items.path(0).path("id").asString();
        assertThat(academy.as("other").delete("/me/identities/" + id).status()).isEqualTo(404);
        assertThat(lister.delete("/me/identities/" + id).status()).isEqualTo(204);
        assertThat(lister.delete("/me/identities/" + id).status()).isEqualTo(404);
        assertThat(links("lister")).isZero();
        assertThat(letters("lister@academy.example", "identity-unlinked")).isOne();
        assertThat(academy.owner()
                        .fetch(
                                "select action from audit.change_log where relation = 'identity.external_identities' and row_key ->> 'id' = ? order by 1",
                                id)
                        .getValues(0, String.class))
                .containsExactly("delete", "insert");
    }

    @Test
    void theLastWayInStays() {
        provider.person("only", "only@example.org", true);
        Browser browser = academy.browser();
        throughProvider(browser, "only");
        ApiClient only = api(browser);
        UUID id = UUID.fromString(only.get("/me/identities")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString());
        assertThat(only.delete("/me/identities/" + id).problem()).isEqualTo("last-way-in");
        browser.get(SecurityPages.PATH);
        assertThat(browser.post(SecurityPages.PATH + "/identities/" + id + "/end", Map.of())
                        .status())
                .isEqualTo(422);
        assertThat(links("only")).isOne();
    }

    @Test
    void theExportTellsThem() {
        known("exporter");
        ApiClient exporter = api(linked("exporter"));
        assertThat(exporter.post("/me/export", "").status()).isEqualTo(200);
        assertThat(files(exporter)).anySatisfy((name, text) -> {
            assertThat(name).isEqualTo("external-identities.json");
            assertThat(text).contains("exporter", provider.issuer());
        });
    }

    private static Map<String, String> files(ApiClient client) {
        Map<String, String> files = new HashMap<>();
        try (var zip = new java.util.zip.ZipInputStream(
                new java.io.ByteArrayInputStream(client.post("/me/export", "").bytes()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return files;
    }

    @Test
    void ofAHundredConfirmationsOneCounts() {
        known("eager");
        Browser browser = academy.browser();
        throughProvider(browser, "eager");
        String letter = letter("eager@academy.example");
        browser.get(letter);
        List<Integer> answers =
                Together.times(100, _ -> browser.post(letter, Map.of()).status());
        assertThat(answers.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(answers.stream().filter(status -> status == 422)).hasSize(99);
        assertThat(links("eager")).isOne();
        assertThat(letters("eager@academy.example", "identity-linked")).isOne();
    }

    /** Signed in by password, and linked. */
    private Browser linked(String who) {
        Browser browser = signedIn(who);
        throughProvider(browser, who);
        browser.get("/link-identity");
        assertThat(browser.post("/link-identity", PASSWORD).status()).isEqualTo(200);
        return browser;
    }
}
