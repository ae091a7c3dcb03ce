package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.Browser;
import com.techcourse.testing.Browser.Answer;
import com.techcourse.testing.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signing in by a provider, over HTTP, through the pages of both. */
class ProviderSignInTest extends ProviderAcademy {

    @Test
    void aNewPersonBecomesAStudentWithAProvenAddress() {
        provider.person("ada", "Ada@lovelace.example", true);
        Browser browser = academy.browser();
        assertThat(browser.get("/sign-in")
                        .page()
                        .select("a[href^=/sign-in/with/]")
                        .eachText())
                .hasSize(2);
        assertThat(throughProvider(browser, "ada").location()).isEqualTo("/");
        assertThat(isSignedIn(browser)).isTrue();
        assertThat(browser.cookie(JourneyCookie.NAME)).isEmpty();
        var me = api(browser).get("/me").json();
        assertThat(me.path("email").asString()).isEqualTo("Ada@lovelace.example");
        assertThat(me.path("display_name").asString()).isEqualTo("Person ada");
        assertThat(
                        count(
                                "select count(*) from identity.users where email::text ilike 'ada@lovelace.example' and email_verified_at is not null"))
                .isOne();
    }

    @Test
    void theSubjectIsTheIdentityWhateverTheAddress() {
        provider.person("moved", "before@example.org", true);
        throughProvider(academy.browser(), "moved");
        provider.person("moved", "after@example.org", false);
        Browser browser = academy.browser();
        throughProvider(browser, "moved");
        assertThat(api(browser).get("/me").json().path("email").asString()).isEqualTo("before@example.org");
        assertThat(count("select count(*) from identity.users where email::text = 'after@example.org'"))
                .isZero();
    }

    @Test
    void theWantedPageFollows() {
        provider.person("goer", "goer@example.org", true);
        Browser browser = academy.browser();
        String there =
                browser.get("/sign-in/with/acme?next=/courses/free-course").header("Location");
        assertThat(browser.get(provider.visit(there, "goer")).location()).isEqualTo("/courses/free-course");
        String elsewhere = browser.get("/sign-in/with/acme?next=//evil.example").header("Location");
        assertThat(elsewhere).startsWith(provider.issuer()).doesNotContain("evil");
    }

    @Test
    void anUnprovenAddressMakesNoAccountAndLinksNone() {
        provider.person("unproven", "unproven@example.org", false);
        provider.person("pretender", "other@academy.example", false);
        for (String subject : List.of("unproven", "pretender")) {
            Browser browser = academy.browser();
            assertThat(refusal(throughProvider(browser, subject))).isNotEmpty();
            assertThat(isSignedIn(browser)).isFalse();
            assertThat(links(subject)).isZero();
        }
        assertThat(count("select count(*) from identity.users where email::text = 'unproven@example.org'"))
                .isZero();
        assertThat(letters("other@academy.example", "link-identity")).isZero();
    }

    @Test
    void aReturnCountsOnce() {
        provider.person("once", "once@example.org", true);
        Browser browser = academy.browser();
        String back = provider.visit(there(browser), "once");
        String cookie = JourneyCookie.NAME + "="
                + browser.cookie(JourneyCookie.NAME).orElseThrow().getValue();
        assertThat(browser.get(back).status()).isEqualTo(302);
        Browser again = academy.browser();
        assertThat(refusal(again.get(back, "Cookie", cookie))).isNotEmpty();
        assertThat(isSignedIn(again)).isFalse();
    }

    @Test
    void aReturnIsForTheBrowserThatWent() {
        provider.person("went", "went@example.org", true);
        Browser browser = academy.browser();
        String back = provider.visit(there(browser), "went");
        Browser victim = academy.browser();
        assertThat(refusal(victim.get(back))).isNotEmpty();
        there(victim);
        assertThat(refusal(victim.get(back))).isNotEmpty();
        assertThat(isSignedIn(victim)).isFalse();
        assertThat(refusal(browser.get(back.replaceFirst("state=[^&]*", "state=another"))))
                .isNotEmpty();
        assertThat(refusal(browser.get("/sign-in/with/acme/back?error=access_denied")))
                .isNotEmpty();
        assertThat(links("went")).isZero();
        assertThat(browser.get(back).status()).as("nobody else's state ends it").isEqualTo(302);
    }

    @Test
    void aReturnComesInTime() {
        provider.person("late", "late@example.org", true);
        Browser browser = academy.browser();
        String back = provider.visit(there(browser), "late");
        academy.owner().execute("update identity.provider_sign_ins set expires_at = now() - interval '1 second'");
        assertThat(refusal(browser.get(back))).isNotEmpty();
        assertThat(links("late")).isZero();
    }

    @Test
    void nonceAndVerifierMustFit() {
        provider.person("bent", "bent@example.org", true);
        for (String parameter : List.of("nonce", "code_challenge")) {
            Browser browser = academy.browser();
            String there = there(browser);
            assertThat(there).contains("code_challenge_method=S256");
            String bent = there.replaceFirst("([?&]" + parameter + "=)[^&]{6}", "$1AAAAAA");
            assertThat(bent).isNotEqualTo(there);
            assertThat(refusal(browser.get(provider.visit(bent, "bent")))).isNotEmpty();
            assertThat(isSignedIn(browser)).isFalse();
        }
        assertThat(links("bent")).isZero();
    }

    @Test
    void aProviderThatIsAwayIsSaidInOneSentence() {
        Answer answer = academy.browser().get("/sign-in/with/gone?next=/courses");
        assertThat(refusal(answer)).contains("gone");
        assertThat(answer.page().select("input[name=next]").val()).isEqualTo("/courses");
        assertThat(answer.page().select("#password")).hasSize(1);
        assertThat(academy.browser().get("/sign-in/with/nobody").status()).isEqualTo(404);
    }

    @Test
    void whoIsSuspendedOrErasedStaysOut() {
        for (String subject : List.of("suspended", "erased")) {
            provider.person(subject, subject + "@example.org", true);
            throughProvider(academy.browser(), subject);
        }
        academy.owner()
                .execute("update identity.users set status = 'suspended' where email::text = 'suspended@example.org'");
        Browser suspended = academy.browser();
        assertThat(refusal(throughProvider(suspended, "suspended"))).isNotEmpty();
        assertThat(isSignedIn(suspended)).isFalse();

        Browser erased = academy.browser();
        throughProvider(erased, "erased");
        assertThat(api(erased).post("/me/erasure", "{}").status()).isEqualTo(204);
        assertThat(links("erased")).isZero();
        provider.person("erased", "erased@example.org", false);
        assertThat(refusal(throughProvider(academy.browser(), "erased"))).isNotEmpty();
    }

    @Test
    void theSecondFactorOfTheAcademyIsAskedFor() {
        provider.person("careful", "careful@example.org", true);
        throughProvider(academy.browser(), "careful");
        ApiClient careful = api(throughAndIn("careful"));
        academy.owner().execute("""
                insert into identity.credentials (user_id, password_hash)
                select u.id, c.password_hash from identity.users u, identity.credentials c
                 where u.email::text = 'careful@example.org' and c.user_id = ?
                """, academy.id("student"));
        Authenticator phone = Authenticator.enable(academy, careful);

        Browser browser = academy.browser();
        assertThat(throughProvider(browser, "careful").location()).isEqualTo("/sign-in/code");
        assertThat(isSignedIn(browser)).isFalse();
        assertThat(browser.get("/sign-in/code").page().select("#code")).hasSize(1);
        assertThat(browser.post("/sign-in/code", Map.of("code", "nonsense")).status())
                .isEqualTo(422);
        assertThat(isSignedIn(browser)).isFalse();
        assertThat(browser.post("/sign-in/code", Map.of("code", phone.code())).location())
                .isEqualTo("/");
        assertThat(isSignedIn(browser)).isTrue();
        assertThat(academy.browser().get("/sign-in/code").location()).isEqualTo("/sign-in");
    }

    private Browser throughAndIn(String subject) {
        Browser browser = academy.browser();
        throughProvider(browser, subject);
        assertThat(isSignedIn(browser)).isTrue();
        return browser;
    }

    @Test
    void ofAHundredReturnsOneCounts() {
        provider.person("many", "many@example.org", true);
        Browser browser = academy.browser();
        String back = provider.visit(there(browser), "many");
        String cookie = JourneyCookie.NAME + "="
                + browser.cookie(JourneyCookie.NAME).orElseThrow().getValue();
        List<Integer> answers = Together.times(
                100, _ -> academy.browser().get(back, "Cookie", cookie).status());
        assertThat(answers.stream().filter(status -> status == 302)).hasSize(1);
        assertThat(answers.stream().filter(status -> status == 422)).hasSize(99);
        assertThat(links("many")).isOne();
    }

    @Test
    void manyBrowsersOfANewPersonMakeOneAccount() {
        provider.person("crowd", "crowd@example.org", true);
        List<Browser> browsers = new ArrayList<>();
        List<String> backs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Browser browser = academy.browser();
            browsers.add(browser);
            backs.add(provider.visit(there(browser), "crowd"));
        }
        assertThat(Together.times(20, i -> browsers.get(i).get(backs.get(i)).location()))
                .containsOnly("/");
        assertThat(links("crowd")).isOne();
        assertThat(count("select count(*) from identity.users where email::text = 'crowd@example.org'"))
                .isOne();
    }

    @Test
    void theyAreShownOnlyWhereThereAreSome() {
        try (ApiAcademy without = ApiAcademy.start()) {
            assertThat(without.browser().get("/sign-in").page().select(".providers"))
                    .isEmpty();
        }
    }
}
