package com.techcourse.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What auditors, analysts and marketing read over HTTP is what the database's views say. */
class StaffReadingTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
        academy.loader("update catalog.courses set price = 60 where slug = 'paid-course'");
        academy.loader("update catalog.courses set price = 55 where slug = 'paid-course'");
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    @Test
    void anAuditorReadsEveryChangeOfAPrice() {
        Answer answer = academy.as("auditor").get("/audit/price-changes?course=practice");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode newest = answer.json().path("items").path(0);
        assertThat(newest.path("old_price").path("amount").asString()).isEqualTo("60.00");
        assertThat(newest.path("new_price").path("amount").asString()).isEqualTo("55.00");
        assertThat(newest.path("direction").asString()).isEqualTo("down");
    }

    @Test
    void theChangeLogIsReadPageByPage() {
        Answer first = academy.as("auditor").get("/audit/changes?relation=catalog.courses&limit=1");
        assertThat(first.json().path("items")).hasSize(1);
        String next = first.json().path("next").asString();
        Answer second = academy.as("auditor").get("/audit/changes?relation=catalog.courses&limit=1&after=" + next);
        assertThat(second.json().path("items").path(0).path("id"))
                .isNotEqualTo(first.json().path("items").path(0).path("id"));
        assertThat(academy.as("auditor").get("/audit/changes?after=nonsense").problem())
                .isEqualTo("invalid-value");
        assertThat(academy.as("auditor").get("/audit/changes?limit=0").problem())
                .isEqualTo("invalid-value");
    }

    @Test
    void nobodyRewroteTheLog() {
        academy.owner().execute("select audit.seal()");
        Answer answer = academy.as("auditor").get("/audit/verification");
        assertThat(answer.json().path("seals").asLong()).isPositive();
        assertThat(answer.json().path("faults")).isEmpty();
    }

    static Stream<String> analyses() {
        return Stream.of(
                "courses-by-passing-score",
                "pass-rates",
                "question-statistics",
                "completion-cohorts",
                "time-to-complete");
    }

    @ParameterizedTest
    @MethodSource("analyses")
    void anAnalystReadsEachAnalysis(String name) {
        assertThat(academy.as("analyst").get("/analytics/" + name).status()).isEqualTo(200);
    }

    @Test
    void theTopOfThePassingScoresIsThere() {
        JsonNode top = academy.as("analyst")
                .get("/analytics/courses-by-passing-score")
                .json()
                .path("items")
                .path(0);
        assertThat(top.path("rank").asInt()).isEqualTo(1);
        assertThat(top.path("instructor_email").asString()).isEqualTo("instructor@academy.example");
    }

    @Test
    void marketingReadsSegments() {
        assertThat(academy.as("marketing")
                        .get("/reports/student-segments")
                        .json()
                        .path("items"))
                .isNotEmpty();
    }
}
