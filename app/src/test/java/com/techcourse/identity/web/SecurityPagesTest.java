package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.Browser;
import com.techcourse.testing.Browser.Answer;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Setting up, using and leaving a second factor in a browser without JavaScript. */
class SecurityPagesTest {

    private static final String PAGE = SecurityPages.PATH;
    private static final Map<String, String> PROOF = Map.of("password", ApiAcademy.PASSWORD);

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static Browser signedIn(String who) {
        Browser browser = academy.browser();
        assertThat(signIn(browser, who, "").status()).isEqualTo(302);
        return browser;
    }

    private static Answer signIn(Browser browser, String who, String code) {
        browser.get("/sign-in");
        return browser.post(
                "/sign-in", Map.of("email", who + "@academy.example", "password", ApiAcademy.PASSWORD, "code", code));
    }

    private static byte[] secret(Answer setUp) {
        return Authenticator.secret(setUp.page().select(".key").text().replace(" ", ""));
    }

    private static List<String> codes(Answer answer) {
        return answer.page().select(".codes code").eachText();
    }

    /** Sets it up by its pages; answers the recovery codes. */
    private static List<String> setUp(Browser browser) {
        browser.get(PAGE);
        Answer shown = browser.post(PAGE + "/second-factor", PROOF);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.page().select("svg.qr[role=img][aria-label] path")).hasSize(1);
        assertThat(shown.header("Cache-Control")).contains("no-store");
        Answer on = browser.post(
                PAGE + "/second-factor/confirmation", Map.of("code", Authenticator.code(academy, secret(shown), 0)));
        assertThat(on.status()).isEqualTo(200);
        return codes(on);
    }

    @Test
    void itIsForThoseSignedIn() {
        assertThat(academy.browser().get(PAGE).location()).isEqualTo("/sign-in?next=%2Faccount%2Fsecurity");
        academy.person("walker", "student");
        Browser walker = signedIn("walker");
        assertThat(walker.get(PAGE).page().select("input[name=password]")).hasSize(1);
        assertThat(walker.get("/").page().select("a[href=" + PAGE + "]")).isNotEmpty();
        assertThat(walker.get(PAGE + "/second-factor?lang=de").location()).isEqualTo(PAGE);
        assertThat(walker.get(PAGE + "/nothing").status()).isEqualTo(404);
    }

    @Test
    void aFactorIsSetUpUsedAndSwitchedOff() {
        academy.person("page-ada", "student");
        Browser ada = signedIn("page-ada");
        ada.get(PAGE);
        Answer wrong = ada.post(PAGE + "/second-factor", Map.of("password", "not it"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page().select("input[aria-describedby=refusal][aria-invalid][autofocus]"))
                .hasSize(1);
        assertThat(wrong.page().select("#refusal[role=alert]")).hasSize(1);
        assertThat(ada.post(PAGE + "/second-factor/confirmation", Map.of("code", "123456"))
                        .status())
                .as("nothing to confirm")
                .isEqualTo(422);

        List<String> codes = setUp(ada);
        assertThat(codes).hasSize(10);
        assertThat(ada.get(PAGE).body()).doesNotContain(codes.getFirst());

        Browser elsewhere = academy.browser();
        assertThat(signIn(elsewhere, "page-ada", "").page().select("input[name=code]"))
                .hasSize(1);
        assertThat(signIn(elsewhere, "page-ada", codes.getFirst()).status()).isEqualTo(302);
        assertThat(signIn(academy.browser(), "page-ada", codes.getFirst()).status())
                .as("the same recovery code again")
                .isEqualTo(422);

        elsewhere.get(PAGE);
        assertThat(elsewhere
                        .post(PAGE + "/recovery-codes", Map.of("code", codes.getFirst()))
                        .status())
                .isEqualTo(422);
        List<String> renewed = codes(elsewhere.post(PAGE + "/recovery-codes", Map.of("code", codes.get(1))));
        assertThat(renewed).hasSize(10).doesNotContainAnyElementsOf(codes);
        assertThat(elsewhere.post(PAGE + "/second-factor/removal", PROOF).page().select("details[open] #refusal"))
                .hasSize(1);
        assertThat(elsewhere
                        .post(
                                PAGE + "/second-factor/removal",
                                Map.of("password", ApiAcademy.PASSWORD, "code", renewed.getFirst()))
                        .location())
                .isEqualTo(PAGE + "?done=factor-off");
        assertThat(signIn(academy.browser(), "page-ada", "").status()).isEqualTo(302);
    }

    @Test
    void browsersAreListedAndSignedOut() {
        academy.person("page-bob", "student");
        Browser here = signedIn("page-bob");
        Browser there = signedIn("page-bob");
        Answer page = here.get(PAGE);
        assertThat(page.page().select(".rows > li")).hasSize(2);
        String end = page.page()
                .select("form[action*=/sessions/][action$=/end]:not([action$=sessions/end])")
                .attr("action");
        assertThat(here.post(end, Map.of()).location()).isEqualTo(PAGE + "?done=session-ended");
        assertThat(here.post(end, Map.of()).location()).as("a second click").isEqualTo(PAGE + "?done=session-ended");
        assertThat(there.get(PAGE).status()).isEqualTo(302);
        assertThat(here.get(PAGE + "?done=session-ended").page().select("[role=status]"))
                .hasSize(1);
        assertThat(here.post(PAGE + "/sessions/end", Map.of()).location()).isEqualTo("/sign-in");
        assertThat(here.get(PAGE).status()).isEqualTo(302);
    }

    @Test
    void actingAsAnotherRoleIsNoSignIn() {
        academy.person("page-eve", "student");
        Browser eve = signedIn("page-eve");
        academy.owner().execute("delete from identity.credentials where user_id = ?", academy.id("page-eve"));
        academy.owner()
                .execute(
                        "update identity.sessions set created_at = now() - interval '1 hour' where user_id = ?",
                        academy.id("page-eve"));
        eve.get(PAGE);
        assertThat(eve.post("/sign-in/role", Map.of("role", "student")).status())
                .isEqualTo(302);
        eve.get(PAGE);
        assertThat(eve.post(PAGE + "/second-factor", Map.of()).status())
                .as("no proof by an old session made new")
                .isEqualTo(422);
        academy.owner()
                .execute("update identity.sessions set created_at = now() where user_id = ?", academy.id("page-eve"));
        assertThat(eve.post(PAGE + "/second-factor", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void staffThatMustHaveOneIsLedThere() {
        academy.person("page-chief", "admin");
        academy.loader("""
                insert into identity.user_roles (user_id, role)
                values (platform.uuid_v7_of('2026-01-01Z', 'page-chief'), 'accountant')
                """);
        academy.loader("update platform.settings set value = 'true' where name = 'second_factor_required_for_staff'");
        try {
            Browser chief = signedIn("page-chief");
            assertThat(chief.get("/reports/daily-sales").location()).isEqualTo(PAGE);
            assertThat(chief.get(PAGE).page().select(".notice-bad")).hasSize(1);
            assertThat(chief.get("/audit/prices").status())
                    .as("a role not held")
                    .isEqualTo(403);
            setUp(chief);
            assertThat(chief.get("/reports/daily-sales").status()).isEqualTo(200);
        } finally {
            academy.loader(
                    "update platform.settings set value = 'false' where name = 'second_factor_required_for_staff'");
        }
    }

    @Test
    void aTokenOfAProgramOpensNoPage() throws Exception {
        academy.person("page-dan", "student");
        String token = academy.as("page-dan", "student")
                .post("/me/tokens", "{\"name\": \"t\", \"scopes\": [\"catalog:read\"], \"expires_in_days\": 1}")
                .json()
                .path("token")
                .asString();
        Browser dan = signedIn("page-dan");
        Answer listed = dan.get(PAGE);
        assertThat(listed.page().select("form[action*=/tokens/]")).hasSize(1);
        try (HttpClient program =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            assertThat(send(program, token, PAGE, null).statusCode()).isEqualTo(302);
            String csrf = Jsoup.parse(send(program, token, "/sign-in", null).body())
                    .select("input[name=_csrf]")
                    .val();
            assertThat(send(program, token, "/sign-in/role", "role=student&_csrf=" + csrf)
                            .headers()
                            .allValues("Set-Cookie"))
                    .as("no session of all rights for a token of few")
                    .noneMatch(cookie -> cookie.startsWith(SessionCookie.NAME));
        }
        assertThat(dan.post(listed.page().select("form[action*=/tokens/]").attr("action"), Map.of())
                        .location())
                .isEqualTo(PAGE + "?done=token-ended");
    }

    private static HttpResponse<String> send(HttpClient program, String token, String path, @Nullable String form)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + academy.port() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded");
        return program.send(
                (form == null ? request.GET() : request.POST(HttpRequest.BodyPublishers.ofString(form))).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
