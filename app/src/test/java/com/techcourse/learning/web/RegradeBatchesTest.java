package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.learning.ManyAttempts;
import com.techcourse.platform.Acting;
import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Eventually;
import com.techcourse.testing.Together;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Corrections of quizzes that many have taken: graded in batches of ten. */
class RegradeBatchesTest {

    private static final String CORRECTION =
            "{\"question\": %s, \"reason\": \"The key was wrong.\"}".formatted(ManyAttempts.CORRECTED);

    private static ApiAcademy academy;
    private static ApiClient lead;

    @BeforeAll
    static void open() {
        academy = ApiAcademy.start(Map.of("techcourse.regrade-batch", "10"));
        lead = academy.as("instructor");
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static UUID taken(int attempts) {
        return ManyAttempts.at(academy.owner(), academy.id("free-course"), attempts);
    }

    private static Answer correct(UUID quiz, boolean preview) {
        return lead.post("/studio/quizzes/" + quiz + "/regrades?preview=" + preview, CORRECTION);
    }

    /** Begun by nobody's worker: what the API does before the first batch. */
    private static UUID begun(UUID quiz) {
        return academy.database()
                .as(
                        Acting.instructor(academy.id("instructor")),
                        dsl -> dsl.fetchSingle(
                                        "select learning.begin_regrade(?, ?::jsonb, 'Wrong.')",
                                        quiz,
                                        ManyAttempts.CORRECTED)
                                .get(0, UUID.class));
    }

    private static boolean step(UUID regrade, int most) {
        return academy.database()
                .as(
                        Acting.visitor(),
                        dsl -> dsl.fetchSingle("select learning.regrade_step(?, ?)", regrade, most)
                                .get(0, boolean.class));
    }

    @Test
    void theRestFollowsInTheBackgroundAsThePreviewSaid() {
        UUID quiz = taken(601);
        JsonNode preview = correct(quiz, true).json();
        assertThat(preview.path("state").asString()).isEqualTo("preview");
        assertThat(preview.path("changes")).hasSize(500);
        JsonNode begun = correct(quiz, false).json();
        assertThat(begun.path("state").asString()).isEqualTo("running");
        assertThat(begun.path("attempts_total").asInt()).isEqualTo(601);
        assertThat(begun.path("attempts_seen").asInt()).isEqualTo(10);
        String path =
                "/studio/quizzes/" + quiz + "/regrades/" + begun.path("id").asString();
        Eventually.isTrue(
                "it ends", () -> lead.get(path).json().path("state").asString().equals("finished"));
        JsonNode done = lead.get(path).json();
        for (String count :
                List.of("attempts_seen", "attempts_changed", "now_passed", "no_longer_passed", "certificates_kept")) {
            assertThat(done.path(count)).as(count).isEqualTo(preview.path(count));
        }
        assertThat(done.path("changes").valueStream().map(change -> change.path("attempt_id")))
                .isEqualTo(preview.path("changes")
                        .valueStream()
                        .map(change -> change.path("attempt_id"))
                        .toList());
        assertThat(ManyAttempts.wrong(academy.owner(), quiz)).isZero();
        assertThat(academy.as("colleague").get(path).problem()).isEqualTo("not-found");
        assertThat(correct(quiz, true).json().path("attempts_changed").asInt()).isZero();
    }

    @Test
    void oneCorrectionAtATime() {
        UUID quiz = taken(30);
        UUID first = begun(quiz);
        assertThat(correct(quiz, false).problem()).isEqualTo("regrade-under-way");
        while (!step(first, 7)) {
            // the next seven
        }
        assertThat(correct(quiz, false).status()).isEqualTo(200);
    }

    @Test
    void ofAHundredCorrectionsOneBegins() {
        UUID quiz = taken(400);
        List<Answer> answers = Together.times(100, _ -> correct(quiz, false));
        Eventually.isTrue(
                "none is under way",
                () -> lead.get("/studio/quizzes/" + quiz + "/regrades")
                        .json()
                        .path("items")
                        .valueStream()
                        .allMatch(item -> item.has("finished_at")));
        List<Answer> begun =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(begun).isNotEmpty();
        assertThat(answers.stream().filter(answer -> answer.status() != 200).map(Answer::problem))
                .allMatch("regrade-under-way"::equals);
        // whoever came after the end of the first found nothing to change
        assertThat(begun.stream()
                        .filter(answer -> answer.json().path("attempts_changed").asInt() > 0))
                .hasSize(1);
        assertThat(ManyAttempts.wrong(academy.owner(), quiz)).isZero();
    }

    @Test
    void aHundredWorkersGradeEachAttemptOnce() {
        UUID quiz = taken(500);
        UUID regrade = begun(quiz);
        Together.times(100, _ -> {
            while (!step(regrade, 20)) {
                // the next twenty
            }
            return true;
        });
        assertThat(ManyAttempts.wrong(academy.owner(), quiz)).isZero();
    }
}
