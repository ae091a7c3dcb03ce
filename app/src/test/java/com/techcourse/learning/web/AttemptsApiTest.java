package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Students take the quiz of the free course over HTTP. */
class AttemptsApiTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void open() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static String attempts() {
        return "/quizzes/" + academy.id("free-course/quiz") + "/attempts";
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
        Answer answer = student.post(attempts(), "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.header("Location")).endsWith(answer.json().path("id").asString());
        return "/attempts/" + answer.json().path("id").asString();
    }

    private static Answer save(ApiClient student, String attempt, String question, String answer, int revision) {
        return student.put(
                attempt + "/answers/" + question, "{\"answer\": %s, \"revision\": %d}".formatted(answer, revision));
    }

    @Test
    void fromTheStartToTheResult() {
        ApiClient student = enrolled("diligent");
        String attempt = started(student);
        assertThat(save(student, attempt, "q1", "true", 0)
                        .json()
                        .path("revision")
                        .asInt())
                .isEqualTo(1);
        assertThat(save(student, attempt, "q2", "\"a\"", 0).status()).isEqualTo(200);
        assertThat(save(student, attempt, "q2", "\"b\"", 1).status()).isEqualTo(200);
        JsonNode paper = student.get(attempt).json();
        assertThat(paper.path("questions")).hasSize(2);
        assertThat(paper.path("answers").toString())
                .isEqualTo(
                        "[{\"question_id\":\"q1\",\"answer\":true,\"revision\":1},{\"question_id\":\"q2\",\"answer\":\"b\",\"revision\":2}]");
        JsonNode result = student.post(attempt + "/submission", "").json();
        assertThat(result.path("score").asInt()).isEqualTo(100);
        assertThat(result.path("passed").asBoolean()).isTrue();
        assertThat(student.post(attempt + "/submission", "").json()).isEqualTo(result);
        assertThat(student.get(attempt + "/result").json()).isEqualTo(result);
        assertThat(student.get(attempts())
                        .json()
                        .path("items")
                        .path(0)
                        .path("status")
                        .asString())
                .isEqualTo("graded");
        assertThat(save(student, attempt, "q1", "false", 1).problem()).isEqualTo("attempt-handed-in");
    }

    @Test
    void noKeyIsShownUnlessTheQuizSaysSo() {
        ApiClient student = enrolled("curious");
        String attempt = started(student);
        save(student, attempt, "q1", "false", 0);
        Answer paper = student.get(attempt);
        Answer result = student.post(attempt + "/submission", "");
        for (Answer answer : new Answer[] {paper, result, student.get(attempt), student.get(attempt + "/result")}) {
            assertThat(answer.body()).doesNotContain("\"key\"", "feedback", "It is.", "\"parts\"");
        }
        assertThat(result.json().path("score").asInt()).isZero();
    }

    @Test
    void anOpenAttemptIsGoneOnWith() {
        ApiClient student = enrolled("returning");
        String attempt = started(student);
        Answer again = student.post(attempts(), "");
        assertThat(again.status()).isEqualTo(200);
        assertThat("/attempts/" + again.json().path("id").asString()).isEqualTo(attempt);
        student.post(attempt + "/submission", "");
        assertThat(started(student)).isNotEqualTo(attempt);
    }

    @Test
    void theLimitHolds() {
        ApiClient student = enrolled("failing");
        for (int attempt = 1; attempt <= 3; attempt++) {
            student.post(started(student) + "/submission", "");
        }
        assertThat(student.post(attempts(), "").problem()).isEqualTo("no-attempt-left");
    }

    @Test
    void onlyTheEnrolledStart() {
        assertThat(academy.newStudent("passing-by").post(attempts(), "").problem())
                .isEqualTo("not-enrolled");
        assertThat(academy.as("instructor").post(attempts(), "").problem()).isEqualTo("forbidden");
        assertThat(academy.visitor().post(attempts(), "").problem()).isEqualTo("unauthenticated");
    }

    @Test
    void othersFindNothing() {
        String attempt = started(enrolled("owner"));
        ApiClient other = enrolled("nosy");
        assertThat(other.get(attempt).problem()).isEqualTo("not-found");
        assertThat(save(other, attempt, "q1", "true", 0).problem()).isEqualTo("not-found");
        assertThat(other.post(attempt + "/submission", "").problem()).isEqualTo("not-found");
        assertThat(other.get(attempt + "/result").problem()).isEqualTo("not-found");
    }

    @Test
    void whatIsNotAskedIsNotFound() {
        ApiClient student = enrolled("astray");
        assertThat(save(student, started(student), "q9", "true", 0).problem()).isEqualTo("not-found");
    }

    @Test
    void answersOfAnotherShapeAreRefused() {
        ApiClient student = enrolled("hostile");
        String attempt = started(student);
        String deep = "[".repeat(400) + "]".repeat(400);
        for (String answer : new String[] {
            "\"true\"", "1", "{}", "[true]", "1e90000", deep, '"' + "x".repeat(200_000) + '"', "\"\\u0000\""
        }) {
            assertThat(save(student, attempt, "q1", answer, 0).problem())
                    .as(answer.substring(0, Math.min(20, answer.length())))
                    .isEqualTo("invalid-value");
        }
        assertThat(save(student, attempt, "q2", "\"z\"", 0).problem()).isEqualTo("invalid-value");
        assertThat(student.put(attempt + "/answers/q1", "{\"answer\": true}").problem())
                .isEqualTo("invalid-value");
        assertThat(student.get(attempt).json().path("answers")).isEmpty();
    }

    @Test
    void aRepeatedSavingChangesNothing() {
        ApiClient student = enrolled("retrying");
        String attempt = started(student);
        Answer first = save(student, attempt, "q1", "true", 0);
        assertThat(save(student, attempt, "q1", "true", 0).json()).isEqualTo(first.json());
        student.post(attempt + "/submission", "");
        assertThat(save(student, attempt, "q1", "true", 0).json()).isEqualTo(first.json());
    }

    @Test
    void aStaleTabIsToldWhatIsStored() {
        ApiClient student = enrolled("two-tabs");
        String attempt = started(student);
        save(student, attempt, "q2", "\"a\"", 0);
        Answer stale = save(student, attempt, "q2", "\"b\"", 0);
        assertThat(stale.problem()).isEqualTo("stale-version");
        assertThat(stale.json().path("current").toString()).isEqualTo("{\"revision\":1,\"answer\":\"a\"}");
        assertThat(save(student, attempt, "q2", "\"b\"", 7).problem()).isEqualTo("stale-version");
        assertThat(save(student, attempt, "q2", "null", 1)
                        .json()
                        .path("revision")
                        .asInt())
                .isEqualTo(2);
        assertThat(student.get(attempt).json().path("answers").toString())
                .isEqualTo("[{\"question_id\":\"q2\",\"revision\":2}]");
    }
}
