package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Essays of the free course wait for their instructors. */
class GradingApiTest {

    private static ApiAcademy academy;
    private static ApiClient lead;
    private static ApiClient colleague;
    private static String quiz;

    @BeforeAll
    static void open() {
        academy = ApiAcademy.start();
        lead = academy.as("instructor");
        colleague = academy.as("colleague");
        quiz = String.valueOf(academy.owner()
                .fetchValue(
                        "insert into catalog.quizzes (course_id, metadata) values (?, ?::jsonb) returning id",
                        academy.id("free-course"),
                        """
                        {"schema_version": 1, "title": "Essays", "passing_score": 60, "questions": [
                          {"id": "t", "type": "true_false", "text": "So?", "points": 1, "answer": true},
                          {"id": "e1", "type": "essay", "text": "Why?", "points": 2, "rubric": "Two reasons"},
                          {"id": "e2", "type": "essay", "text": "How?", "points": 2}]}
                        """));
    }

    @AfterAll
    static void close() {
        academy.close();
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

    private static String started(ApiClient student) {
        String attempt = student.post("/quizzes/" + quiz + "/attempts", "")
                .json()
                .path("id")
                .asString();
        for (String answer : new String[] {"t:true", "e1:\"Because.\"", "e2:\"So.\""}) {
            student.put(
                    "/attempts/" + attempt + "/answers/" + answer.split(":")[0],
                    "{\"answer\": %s, \"revision\": 0}".formatted(answer.split(":")[1]));
        }
        return attempt;
    }

    private static String handedIn(ApiClient student) {
        String attempt = started(student);
        JsonNode result =
                student.post("/attempts/" + attempt + "/submission", "").json();
        assertThat(result.path("status").asString()).isEqualTo("submitted");
        assertThat(result.has("score")).isFalse();
        return attempt;
    }

    private static Answer grade(ApiClient grader, String attempt, String question, String points, int seen) {
        return grader.with("If-Match", "\"" + seen + "\"")
                .put(
                        "/studio/attempts/" + attempt + "/grades/" + question,
                        "{\"points\": %s, \"comment\": \"Well.\"}".formatted(points));
    }

    @Test
    void withTheLastEssayTheAttemptIsGraded() {
        ApiClient student = enrolled("writer");
        String attempt = handedIn(student);
        assertThat(lead.get("/studio/grading?course=" + academy.id("free-course") + "&limit=100")
                        .body())
                .contains(attempt);
        assertThat(lead.get("/studio/attempts/" + attempt).body()).contains("Two reasons", "Because.");
        assertThat(grade(lead, attempt, "e1", "1.5", 0).json().path("status").asString())
                .isEqualTo("submitted");
        Answer last = grade(lead, attempt, "e2", "2", 0);
        assertThat(last.json().path("status").asString()).isEqualTo("graded");
        assertThat(last.json().path("score").asInt()).isEqualTo(90);
        JsonNode result = student.get("/attempts/" + attempt + "/result").json();
        assertThat(result.path("passed").asBoolean()).isTrue();
        assertThat(result.path("questions").path(1).path("comment").asString()).isEqualTo("Well.");
        assertThat(lead.get("/studio/grading?limit=100").body()).doesNotContain(attempt);
        assertThat(academy.owner()
                        .fetchValue(
                                "select count(*) from audit.change_log where relation = 'learning.manual_grades' and row_key ->> 'attempt_id' = ?",
                                attempt))
                .isEqualTo(2L);
    }

    @Test
    void theQueueIsReadPageByPage() {
        for (int number = 0; number < 3; number++) {
            handedIn(enrolled("queue-" + number));
        }
        JsonNode first = lead.get("/studio/grading?limit=2").json();
        assertThat(first.path("items")).hasSize(2);
        JsonNode second = lead.get(
                        "/studio/grading?limit=2&after=" + first.path("next").asString())
                .json();
        assertThat(second.path("items").path(0).path("submitted_at").asString())
                .isGreaterThanOrEqualTo(
                        first.path("items").path(1).path("submitted_at").asString());
        assertThat(first.path("items").toString())
                .doesNotContain(second.path("items").path(0).path("attempt_id").asString());
    }

    @Test
    void strangersFindNothing() {
        String attempt = handedIn(enrolled("private"));
        ApiClient stranger = colleague;
        assertThat(stranger.get("/studio/grading?limit=100").body()).doesNotContain(attempt);
        assertThat(stranger.get("/studio/attempts/" + attempt).problem()).isEqualTo("not-found");
        assertThat(grade(stranger, attempt, "e1", "1", 0).problem()).isEqualTo("not-found");
        assertThat(stranger.post("/studio/attempts/" + attempt + "/claim", "").problem())
                .isEqualTo("not-found");
        assertThat(academy.as("admin").get("/studio/attempts/" + attempt).status())
                .isEqualTo(200);
    }

    @Test
    void nobodyGradesOneself() {
        ApiClient student = enrolled("both");
        String attempt = handedIn(student);
        academy.loader(
                "insert into identity.user_roles (user_id, role) values (platform.uuid_v7_of('2026-01-01Z', 'both'), 'admin')");
        assertThat(grade(academy.as("both", "admin"), attempt, "e1", "2", 0).problem())
                .isEqualTo("forbidden");
    }

    @Test
    void aClaimKeepsOthersAway() {
        String attempt = handedIn(enrolled("claimed"));
        ApiClient admin = academy.as("admin");
        assertThat(lead.post("/studio/attempts/" + attempt + "/claim", "").status())
                .isEqualTo(200);
        assertThat(lead.post("/studio/attempts/" + attempt + "/claim", "").status())
                .isEqualTo(200);
        assertThat(admin.post("/studio/attempts/" + attempt + "/claim", "").problem())
                .isEqualTo("claimed-by-another");
        assertThat(grade(admin, attempt, "e1", "1", 0).problem()).isEqualTo("claimed-by-another");
        assertThat(grade(lead, attempt, "e1", "1", 0).status()).isEqualTo(200);
    }

    @Test
    void onlyEssaysThatAreHandedIn() {
        ApiClient student = enrolled("early");
        String attempt = started(student);
        assertThat(grade(lead, attempt, "e1", "1", 0).problem()).isEqualTo("not-gradable");
        student.post("/attempts/" + attempt + "/submission", "");
        assertThat(grade(lead, attempt, "t", "1", 0).problem()).isEqualTo("not-gradable");
        assertThat(grade(lead, attempt, "nothing", "1", 0).problem()).isEqualTo("not-gradable");
    }

    @Test
    void pointsFitTheQuestion() {
        String attempt = handedIn(enrolled("generous"));
        assertThat(grade(lead, attempt, "e1", "2.0001", 0).problem()).isEqualTo("invalid-value");
        assertThat(grade(lead, attempt, "e1", "-0.1", 0).problem()).isEqualTo("invalid-value");
        assertThat(grade(lead, attempt, "e1", "1e400", 0).problem()).isEqualTo("invalid-value");
    }

    @Test
    void aGradeIsChangedOverItsVersion() {
        String attempt = handedIn(enrolled("changed"));
        assertThat(lead.put("/studio/attempts/" + attempt + "/grades/e1", "{\"points\": 1}")
                        .problem())
                .isEqualTo("precondition-required");
        assertThat(grade(lead, attempt, "e1", "1", 3).problem()).isEqualTo("stale-version");
        assertThat(grade(lead, attempt, "e1", "1", 0).header("ETag")).isEqualTo("\"1\"");
        assertThat(grade(lead, attempt, "e1", "2", 0).problem()).isEqualTo("stale-version");
        assertThat(grade(lead, attempt, "e1", "2", 1).header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void oneOfAHundredGradesCounts() {
        String attempt = handedIn(enrolled("popular"));
        List<Integer> statuses = Together.times(
                100,
                number ->
                        grade(lead, attempt, "e1", "0.0" + (1 + number % 9), 0).status());
        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
    }
}
