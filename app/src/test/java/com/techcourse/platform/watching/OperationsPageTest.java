package com.techcourse.platform.watching;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One screen for the admin: the state in words, and what to do. */
class OperationsPageTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start(Map.of(
                "techcourse.watch-interval", "200ms", "techcourse.runbook-url", "https://wiki.academy.example/run"));
        Scrape.until(academy, "techcourse_database_up", value -> value == 1);
    }

    @AfterAll
    static void stop() {
        academy.close();
    }

    @Test
    void onlyAnAdminSeesIt() {
        assertThat(academy.visitor().get("//operations").status()).isIn(302, 401);
        assertThat(academy.as("student").get("//operations").status()).isEqualTo(403);
        assertThat(academy.as("auditor").get("//operations").status()).isEqualTo(403);
        assertThat(academy.as("admin").get("//operations").status()).isEqualTo(200);
    }

    @Test
    void whatIsBadSaysWhatToDoAndWhere() {
        // the academy's own first check, which is ordered when it starts, comes before
        Scrape.until(academy, "techcourse_books_differences", value -> value == 0);
        academy.loader("insert into reporting.book_checks (differences, took_milliseconds) values (2, 1)");
        Scrape.until(academy, "techcourse_books_differences", value -> value == 2);
        Document page = page();
        assertThat(page.select(".state-now-bad")).hasSize(1);
        assertThat(page.select(".todo-bad .strong").text()).contains("Differences in the books", "2", "act now");
        assertThat(page.select("#do-books").attr("href")).isEqualTo("https://wiki.academy.example/run#books-differ");
        academy.loader("insert into reporting.book_checks (differences, took_milliseconds) values (0, 1)");
        Scrape.until(academy, "techcourse_books_differences", value -> value == 0);
        assertThat(page().select(".todo-bad")).isEmpty();
    }

    /** Colour is never all: every light has its word. */
    @Test
    void everyLightHasAWordAndEveryRowAValueOrAReason() {
        Document page = page();
        assertThat(page.select(".board")).hasSizeGreaterThanOrEqualTo(4);
        assertThat(page.select(".board-head .light"))
                .allSatisfy(light -> assertThat(light.text()).isNotBlank());
        assertThat(page.select(".board-row"))
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        row -> assertThat(row.select(".number, .muted").text()).isNotBlank());
        assertThat(page.text()).doesNotContain("??", "operations.");
    }

    @Test
    void htmxGetsTheStateAlone() {
        String part = admin().with("HX-Request", "true").get("//operations").body();
        assertThat(Jsoup.parseBodyFragment(part).select("#state")).hasSize(1);
        assertThat(part).doesNotContain("<html");
    }

    private static ApiClient admin() {
        return academy.as("admin");
    }

    private static Document page() {
        return Jsoup.parse(admin().get("//operations").body());
    }
}
