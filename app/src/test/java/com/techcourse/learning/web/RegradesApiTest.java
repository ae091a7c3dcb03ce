package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.util.List;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The key of a quiz was wrong. */
class RegradesApiTest {

    private static final String OPTIONS =
            "\"options\": [{\"id\": \"a\", \"text\": \"This\"}, {\"id\": \"b\", \"text\": \"That\"}]";
    private static final String QUESTION =
            "{\"id\": \"q2\", \"type\": \"single_choice\", \"text\": \"Which?\", \"points\": 1, \"answer\": \"%s\", "
                    + OPTIONS + "}";

    private static ApiAcademy academy;
    private static ApiClient lead;

    @BeforeAll
    static void open() {
        academy = ApiAcademy.start();
        lead = academy.as("instructor");
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static String quiz() {
        return String.valueOf(academy.owner()
                .fetchValue(
                        "insert into catalog.quizzes (course_id, metadata) values (?, ?::jsonb) returning id",
                        academy.id("free-course"),
                        """
                        {"schema_version": 1, "title": "Wrong", "passing_score": 100, "questions": [
                          {"id": "q1", "type": "true_false", "text": "So?", "points": 1, "answer": true}, %s]}
                        """.formatted(QUESTION.formatted("a"))));
    }

    private static String handedIn(ApiClient student, String quiz, String choice) {
        String attempt = student.post("/quizzes/" + quiz + "/attempts", "")
                .json()
                .path("id")
                .asString();
        student.put("/attempts/" + attempt + "/answers/q1", "{\"answer\": true, \"revision\": 0}");
        student.put("/attempts/" + attempt + "/answers/q2", "{\"answer\": \"%s\", \"revision\": 0}".formatted(choice));
        assertThat(student.post("/attempts/" + attempt + "/submission", "").status())
                .isEqualTo(200);
        return attempt;
    }

    private static ApiClient enrolled(String who) {
        ApiClient student = academy.newStudent(who);
        academy.owner()
                .execute(
                        "insert into learning.enrollments (student_id, course_id) values (?, ?)",
                        academy.id(who),
                        academy.id("free-course"));
        return student;
    }

    private static Answer correct(ApiClient who, String quiz, String question, boolean preview) {
        return who.post(
                "/studio/quizzes/" + quiz + "/regrades?preview=" + preview,
                "{\"question\": %s, \"reason\": \"The key was wrong.\"}".formatted(question));
    }

    @Test
    void whatTheErasedReachedStays() {
        String quiz = quiz();
        ApiClient gone = enrolled("gone");
        String attempt = handedIn(gone, quiz, "a");
        assertThat(gone.post("/me/erasure", "{\"password\": \"" + ApiAcademy.PASSWORD + "\"}")
                        .status())
                .isEqualTo(204);
        assertThat(correct(lead, quiz, QUESTION.formatted("b"), false)
                        .json()
                        .path("attempts_changed")
                        .asInt())
                .isZero();
        assertThat(academy.owner().fetchValue("select score::int from learning.attempts where id = ?::uuid", attempt))
                .isEqualTo(100);
    }

    @Test
    void aPreviewTellsAndTheCorrectionDoes() {
        String quiz = quiz();
        ApiClient wronged = enrolled("wronged");
        ApiClient lucky = enrolled("lucky");
        String up = handedIn(wronged, quiz, "b");
        String down = handedIn(lucky, quiz, "a");
        academy.owner().execute("""
                insert into learning.certificates (student_id, course_id, number, attempt_started_at, attempt_id, score)
                select student_id, course_id, 'TC-AAAA-BBBB-CCCC', started_at, id, score from learning.attempts where id = ?::uuid
                on conflict do nothing
                """, down);
        JsonNode preview = correct(lead, quiz, QUESTION.formatted("b"), true).json();
        assertThat(preview.has("id")).isFalse();
        assertThat(preview.path("attempts_changed").asInt()).isEqualTo(2);
        assertThat(preview.path("changes").path(0).path("passed_before").asBoolean())
                .isTrue();
        assertThat(wronged.get("/attempts/" + up + "/result")
                        .json()
                        .path("score")
                        .asInt())
                .isEqualTo(50);
        JsonNode done = correct(lead, quiz, QUESTION.formatted("b"), false).json();
        assertThat(done.path("now_passed").asInt()).isEqualTo(1);
        assertThat(done.path("no_longer_passed").asInt()).isEqualTo(1);
        assertThat(done.path("certificates_kept").asInt()).isEqualTo(1);
        assertThat(wronged.get("/attempts/" + up + "/result")
                        .json()
                        .path("passed")
                        .asBoolean())
                .isTrue();
        assertThat(lucky.get("/attempts/" + down + "/result")
                        .json()
                        .path("score")
                        .asInt())
                .isEqualTo(50);
        JsonNode listed = lead.get("/studio/quizzes/" + quiz + "/regrades").json();
        assertThat(listed.path("items").path(0).path("attempts_changed").asInt())
                .isEqualTo(2);
        assertThat(correct(lead, quiz, QUESTION.formatted("b"), true)
                        .json()
                        .path("attempts_changed")
                        .asInt())
                .isZero();
        assertThat(enrolledScore(quiz, "later", "b")).isEqualTo(100);
    }

    private static int enrolledScore(String quiz, String who, String choice) {
        ApiClient student = enrolled(who);
        return student.get("/attempts/" + handedIn(student, quiz, choice) + "/result")
                .json()
                .path("score")
                .asInt();
    }

    @Test
    void handInsMeanwhileAreGradedByTheNewKeyToo() {
        String quiz = quiz();
        List<ApiClient> students = java.util.stream.IntStream.range(0, 40)
                .mapToObj(number -> enrolled("meanwhile-" + number))
                .toList();
        Together.times(
                41,
                number -> number == 40
                        ? correct(lead, quiz, QUESTION.formatted("b"), false).status()
                        : handedIn(students.get(number), quiz, number % 2 == 0 ? "a" : "b"));
        assertThat(academy.owner()
                        .fetchValue(
                                "select count(*) from learning.attempts where quiz_id = ?::uuid and (score = 100) <> (answers ->> 'q2' = 'b')",
                                quiz))
                .isEqualTo(0L);
    }

    @Test
    void strangersCorrectNothing() {
        String quiz = quiz();
        ApiClient stranger = academy.as("colleague");
        assertThat(correct(stranger, quiz, QUESTION.formatted("b"), true).problem())
                .isEqualTo("not-found");
        assertThat(correct(stranger, quiz, QUESTION.formatted("b"), false).problem())
                .isEqualTo("not-found");
        assertThat(stranger.get("/studio/quizzes/" + quiz + "/regrades").problem())
                .isEqualTo("not-found");
        assertThat(stranger.get("/studio/quizzes/" + quiz + "/results").problem())
                .isEqualTo("not-found");
        assertThat(stranger.get("/studio/quizzes/" + quiz + "/results.csv").problem())
                .isEqualTo("not-found");
        assertThat(stranger.get("/studio/quizzes/" + quiz + "/item-analysis").problem())
                .isEqualTo("not-found");
    }

    @Test
    void aCorrectionKeepsTheParts() {
        String quiz = quiz();
        assertThat(correct(lead, quiz, QUESTION.formatted("z"), true).problem()).isEqualTo("invalid-quiz");
        assertThat(correct(lead, quiz, "7", true).problem()).isEqualTo("invalid-quiz");
        assertThat(correct(lead, quiz, QUESTION.formatted("b").replace("\"q2\"", "\"q7\""), true)
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(correct(lead, quiz, QUESTION.formatted("b").replace("\"id\": \"a\"", "\"id\": \"c\""), false)
                        .problem())
                .isEqualTo("invalid-value");
    }

    @Test
    void whatWasCorrectedStays() {
        String quiz = quiz();
        handedIn(enrolled("kept"), quiz, "b");
        correct(lead, quiz, QUESTION.formatted("b"), false);
        for (String table : new String[] {"regrades", "key_corrections", "attempt_regrades"}) {
            for (String change :
                    new String[] {"delete from learning." + table, "truncate learning." + table + " cascade"}) {
                assertThatThrownBy(() -> academy.owner().execute(change))
                        .isInstanceOfSatisfying(
                                DataAccessException.class,
                                refusal -> assertThat(refusal.sqlState()).isEqualTo("TC501"));
            }
        }
    }

    @Test
    void resultsAsAListATableAndFigures() {
        String quiz = quiz();
        for (int number = 0; number < 4; number++) {
            handedIn(enrolled("figures-" + number), quiz, number == 0 ? "b" : "a");
        }
        JsonNode page = lead.get("/studio/quizzes/" + quiz + "/results?passed=true&limit=2")
                .json();
        assertThat(page.path("items")).hasSize(2);
        assertThat(lead.get("/studio/quizzes/" + quiz + "/results?passed=true&after="
                                + page.path("next").asString())
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(lead.get("/studio/quizzes/" + quiz + "/results.csv").body().lines())
                .hasSize(5);
        JsonNode item = lead.get("/studio/quizzes/" + quiz + "/item-analysis")
                .json()
                .path("items")
                .path(1);
        assertThat(item.path("facility").asDouble()).isEqualTo(0.75);
        assertThat(item.path("choices").toString())
                .isEqualTo("[{\"id\":\"a\",\"times\":3,\"right\":true},{\"id\":\"b\",\"times\":1,\"right\":false}]");
    }
}
