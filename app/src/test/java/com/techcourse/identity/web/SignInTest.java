package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Browser;
import com.techcourse.testing.Browser.Answer;
import com.techcourse.testing.WebAcademy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignInTest {

    @Test
    void aPersonSignsInAndIsKnownOnEveryNodeUntilSigningOut() {
        Browser browser = WebAcademy.signedIn("accountant");
        assertThat(browser.get("/reports/daily-sales").status()).isEqualTo(200);
        Browser other = WebAcademy.onTheOtherNode(browser);
        assertThat(other.get("/reports/daily-sales").status()).isEqualTo(200);

        assertThat(other.post("/sign-out", Map.of()).location()).isEqualTo("/");
        assertThat(browser.get("/reports/daily-sales").location()).startsWith("/sign-in");
    }

    @Test
    void aStolenTokenIsWorthlessAfterSignOut() {
        Browser browser = WebAcademy.signedIn("accountant");
        String token = browser.cookie(SessionCookie.NAME).orElseThrow().getValue();
        browser.get("/");
        browser.post("/sign-out", Map.of());
        Browser thief = WebAcademy.browser();
        assertThat(thief.get("/reports/daily-sales", "Cookie", SessionCookie.NAME + "=" + token)
                        .status())
                .isEqualTo(302);
    }

    @Test
    void theWantedPageFollowsTheSignIn() {
        Browser browser = WebAcademy.browser();
        String signIn = browser.get("/audit/prices?course=soup").location();
        Answer form = browser.get(signIn);
        assertThat(form.page().select("input[name=next]").val()).isEqualTo("/audit/prices?course=soup");
        assertThat(signIn(browser, "both", WebAcademy.PASSWORD, "/audit/prices?course=soup")
                        .location())
                .isEqualTo("/audit/prices?course=soup");
        assertThat(browser.get("/audit/prices").status()).isEqualTo(200);
    }

    @Test
    void noOtherSiteFollowsTheSignIn() {
        for (String elsewhere : List.of(
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "javascript:alert(1)",
                "/\t/evil.example")) {
            Browser browser = WebAcademy.browser();
            browser.get("/sign-in");
            assertThat(signIn(browser, "accountant", WebAcademy.PASSWORD, elsewhere)
                            .location())
                    .as(elsewhere)
                    .isEqualTo("/reports/daily-sales");
        }
    }

    @Test
    void onePersonActsAsOneRoleAtATime() {
        Browser browser = WebAcademy.signedIn("both");
        assertThat(browser.get("/reports/daily-sales").status()).isEqualTo(200);
        Answer refused = browser.get("/audit/prices");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.page().select("main form input[name=role]").val()).isEqualTo("auditor");

        assertThat(browser.post("/sign-in/role", Map.of("role", "auditor", "next", "/audit/prices"))
                        .location())
                .isEqualTo("/audit/prices");
        assertThat(browser.get("/audit/prices").status()).isEqualTo(200);
        assertThat(browser.get("/reports/daily-sales").status()).isEqualTo(403);
    }

    @Test
    void aRoleThatOneDoesNotHoldIsRefused() {
        Browser browser = WebAcademy.signedIn("accountant");
        browser.get("/");
        assertThat(browser.post("/sign-in/role", Map.of("role", "auditor")).status())
                .isEqualTo(403);
        assertThat(browser.post("/sign-in/role", Map.of("role", "admin")).status())
                .isEqualTo(403);
    }

    @Test
    void unknownAndKnownAddressesGetTheSameAnswer() {
        Browser browser = WebAcademy.browser();
        browser.get("/sign-in");
        Answer known = signIn(browser, "student", "wrong", "");
        Answer unknown = signIn(browser, "nobody", "wrong", "");
        assertThat(known.status()).isEqualTo(422).isEqualTo(unknown.status());
        assertThat(known.page().select("#refusal").text())
                .isNotEmpty()
                .isEqualTo(unknown.page().select("#refusal").text());
    }

    @Test
    void anUnknownAddressCostsTheSameWork() {
        Passwords passwords = new Passwords();
        String hash =
                new org.springframework.security.crypto.argon2.Argon2PasswordEncoder(16, 32, 1, 19_456, 2).encode("x");
        long known = fastest(() -> passwords.match("wrong", hash));
        long unknown = fastest(() -> passwords.match("wrong", null));
        assertThat((double) unknown / known).isBetween(0.5, 2.0);
    }

    private static long fastest(Callable<Boolean> work) {
        return Stream.generate(() -> {
                    try {
                        long start = System.nanoTime();
                        assertThat(work.call()).isFalse();
                        return System.nanoTime() - start;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .limit(8)
                .min(Long::compare)
                .orElseThrow();
    }

    @Test
    void manyGuessesAtAnAccountWaitWhereverTheyComeFrom() {
        Browser other = WebAcademy.onTheOtherNode(WebAcademy.browser());
        other.get("/sign-in");
        for (int guess = 1; guess <= 5; guess++) {
            assertThat(guess("victim", "wrong" + guess).status()).isEqualTo(422);
        }
        Answer waiting = refusal(() -> guess("victim", "wrong"));
        assertThat(Integer.parseInt(waiting.header("Retry-After"))).isPositive();
        assertThat(refusal(() -> signIn(other, "VICTIM", "wrong", "")).status()).isEqualTo(429);
    }

    @Test
    void manyGuessesFromAnAddressWaitWhoeverIsGuessed() {
        Browser guesser = WebAcademy.browser();
        guesser.get("/sign-in");
        for (int guess = 1; guess <= 5; guess++) {
            assertThat(signIn(guesser, "stranger" + guess, "wrong", "").status())
                    .isEqualTo(422);
        }
        assertThat(refusal(() -> signIn(guesser, "stranger", "wrong", "")).status())
                .isEqualTo(429);
    }

    /** The first waits are so short that a slow machine outlasts them; they double, so one of the next does not end in time. */
    private static Answer refusal(Supplier<Answer> guess) {
        return Stream.generate(guess)
                .limit(5)
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void guessesAtTheSameMomentGainNothing() throws Exception {
        WebAcademy.browser(); // has started before the many come
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> guesses = threads.invokeAll(Stream.<Callable<Integer>>generate(
                            () -> () -> guess("guessed", "wrong").status())
                    .limit(30)
                    .toList());
            int checked = 0;
            for (Future<Integer> guess : guesses) {
                checked += guess.get() == 422 ? 1 : 0;
            }
            assertThat(checked).isBetween(1, 5);
        }
    }

    @Test
    void anEmptyFormSaysWhatIsMissing() {
        Browser browser = WebAcademy.browser();
        browser.get("/sign-in");
        Answer answer = browser.post("/sign-in", Map.of("email", "", "password", ""));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.page().select("#email").attr("aria-describedby")).isEqualTo("refusal");
    }

    @Test
    void aFormFromAnotherSiteIsRefused() {
        Browser browser = WebAcademy.signedIn("accountant");
        assertThat(browser.postOnly("/sign-out", Map.of()).status()).isEqualTo(403);
        assertThat(browser.get("/reports/daily-sales").status()).isEqualTo(200);
    }

    @Test
    void theCookieIsClosedToScriptsAndOtherSitesAndSecureOverHttps() {
        Browser browser = WebAcademy.browser();
        browser.get("/sign-in");
        Answer answer = signIn(browser, "accountant", WebAcademy.PASSWORD, "");
        assertThat(answer.headers("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith(SessionCookie.NAME)
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Secure"));
        assertThat(browser.get("/sign-in/nothing", "X-Forwarded-Proto", "https").headers("Set-Cookie"))
                .allSatisfy(cookie -> assertThat(cookie).contains("Secure"));
    }

    private static Answer guess(String who, String password) {
        Browser browser = WebAcademy.browser();
        browser.get("/sign-in");
        return signIn(browser, who, password, "");
    }

    private static Answer signIn(Browser browser, String who, String password, String next) {
        return browser.post("/sign-in", Map.of("email", who + "@academy.example", "password", password, "next", next));
    }
}
