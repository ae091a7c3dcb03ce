package com.techcourse.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Browser;
import com.techcourse.testing.Browser.Answer;
import com.techcourse.testing.WebAcademy;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every page, whoever opens it. */
class PageShellTest {

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("nobody", "/", 200),
                Arguments.of("nobody", "/?q=nothing-like-it", 200),
                Arguments.of("nobody", "/courses/python-in-practice", 200),
                Arguments.of("nobody", "/courses/soup-1", 200),
                Arguments.of("nobody", "/sign-in", 200),
                Arguments.of("nobody", "/sign-up", 200),
                Arguments.of("nobody", "/reset-password", 200),
                Arguments.of("nobody", "/confirm-email/some-token", 200),
                Arguments.of("student", "/account/security", 200),
                Arguments.of("nobody", "/nothing", 404),
                Arguments.of("nobody", "/reports/nothing", 404),
                Arguments.of("accountant", "/nothing", 404),
                Arguments.of("accountant", "/reports/daily-sales", 200),
                Arguments.of("accountant", "/reports/daily-sales?from=2026-06-01&to=2026-06-30", 200),
                Arguments.of("accountant", "/reports/daily-sales?from=x", 422),
                Arguments.of("accountant", "/audit/prices", 403),
                Arguments.of("auditor", "/audit/prices", 200),
                Arguments.of("auditor", "/audit/prices/proof", 200),
                Arguments.of("analyst", "/analytics/passing-score", 200),
                Arguments.of("analyst", "/operations", 403),
                Arguments.of("admin", "/operations", 200));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isWellFormedForPeopleAndTheirTools(String who, String path, int status) {
        Browser browser = who.equals("nobody") ? WebAcademy.browser() : WebAcademy.signedIn(who);
        Answer answer = browser.get(path, "Accept-Language", "de-AT,de;q=0.9");
        assertThat(answer.status()).isEqualTo(status);
        Document page = answer.page();
        assertThat(page.select("html").attr("lang")).isEqualTo("de");
        assertThat(page.title()).endsWith("· TechCourse").hasSizeGreaterThan(14);
        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.select("main#content, header, footer, nav[aria-label]")).hasSizeGreaterThan(3);
        assertThat(page.text()).doesNotContain("??");
        assertThat(page.select("input:not([type=hidden])"))
                .allSatisfy(input -> assertThat(
                                page.select("label[for=" + input.id() + "]").text())
                        .isNotEmpty());
        assertThat(page.select("img"))
                .allSatisfy(image -> assertThat(image.hasAttr("alt")).isTrue());
        assertThat(page.select("button, a")).allSatisfy(PageShellTest::isNamed);
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        assertThat(page.select("table"))
                .allSatisfy(table ->
                        assertThat(table.select("thead th:not([scope])")).isEmpty());
    }

    private static void isNamed(Element element) {
        assertThat(element.text() + element.attr("aria-label")).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void runsNothingButItsOwnFiles(String who, String path, int status) {
        Browser browser = who.equals("nobody") ? WebAcademy.browser() : WebAcademy.signedIn(who);
        Answer answer = browser.get(path);
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("strict-origin-when-cross-origin");
        assertThat(answer.header("Permissions-Policy")).contains("camera=()");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        Document page = answer.page();
        assertThat(page.select("[style], style, script:not([src])")).isEmpty();
        assertThat(page.getAllElements())
                .allSatisfy(element -> assertThat(element.attributes())
                        .noneMatch(attribute -> attribute.getKey().startsWith("on")));
    }

    @Test
    void overHttpsABrowserRemembersToStayThere() {
        assertThat(WebAcademy.browser().get("/", "X-Forwarded-Proto", "https").header("Strict-Transport-Security"))
                .contains("max-age=31536000");
    }

    @Test
    void anErrorNamesTheRequest() {
        Answer answer = WebAcademy.browser().get("/nothing", "X-Request-Id", "given-by-a-proxy");
        assertThat(answer.header("X-Request-Id")).isEqualTo("given-by-a-proxy");
        assertThat(answer.page().select("main").text()).contains("given-by-a-proxy");
        assertThat(WebAcademy.browser()
                        .get("/nothing", "X-Request-Id", "<script>")
                        .header("X-Request-Id"))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void filesOfTheLayoutAreFingerprintedAndKept() {
        Document page = WebAcademy.browser().get("/").page();
        for (Element file : page.select("link[href], script[src]")) {
            String path = file.hasAttr("href") ? file.attr("href") : file.attr("src");
            assertThat(path).matches("/assets/[a-z-]+-[0-9a-f]{32}\\.[a-z]+|/webjars/[a-z.]+/[0-9.]+/.+");
            Answer answer = WebAcademy.browser().get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).contains("max-age=31536000", "public");
        }
    }

    @Test
    void aPersonChoosesALanguage() {
        Browser browser = WebAcademy.browser();
        assertThat(browser.get("/?lang=de").page().select("html").attr("lang")).isEqualTo("de");
        assertThat(browser.get("/").page().select("html").attr("lang")).isEqualTo("de");
        assertThat(browser.get("/?lang=xx").page().select("html").attr("lang")).isEqualTo("en");
    }

    @Test
    void healthIsOpenAndTheRestOfTheMachineRoomIsNot() {
        assertThat(WebAcademy.browser().get("/actuator/health").status()).isEqualTo(200);
        for (String path : new String[] {"/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/beans"}) {
            assertThat(WebAcademy.browser().get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void anotherKindOfRequestIsRefused() {
        Browser browser = WebAcademy.browser();
        browser.get("/sign-in");
        assertThat(browser.post("/", java.util.Map.of()).status()).isEqualTo(405);
        assertThat(browser.postOnly("/", java.util.Map.of()).status()).isEqualTo(403);
    }
}
