package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** When a student sees keys, and feedback to the question, to how it went and to the options: as the quiz allows it. */
class FeedbackTest {

    private static ApiAcademy academy;
    private static int students;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static UUID quiz(String members) {
        return academy.owner()
                .fetchSingle(
                        "insert into catalog.quizzes (course_id, metadata) values (?, ?::jsonb) returning id",
                        academy.id("free-course"),
                        """
                        {"schema_version": 1, "title": "Feedback", "passing_score": 100, "max_attempts": 2, %s "questions": [
                          {"id": "q1", "type": "multiple_choice", "text": "Which?", "points": 1, "answer": ["a"], "feedback": "secret general",
                           "feedback_correct": "secret right", "feedback_incorrect": "secret wrong",
                           "options": [{"id": "a", "text": "A", "feedback": "secret of a"}, {"id": "b", "text": "B"}]}]}
                        """.formatted(members))
                .get(0, UUID.class);
    }

    private static ApiClient enrolled() {
        String who = "learner-" + students++;
        ApiClient student = academy.newStudent(who);
        academy.owner()
                .execute(
                        "insert into learning.enrollments (student_id, course_id) values (?, ?)",
                        academy.id(who),
                        academy.id("free-course"));
        return student;
    }

    private static Answer result(ApiClient student, UUID quiz, String choice) {
        String attempt = "/attempts/"
                + student.post("/quizzes/" + quiz + "/attempts", "")
                        .json()
                        .path("id")
                        .asString();
        student.put(attempt + "/answers/q1", "{\"answer\": [\"" + choice + "\"], \"revision\": 0}");
        student.post(attempt + "/submission", "");
        return student.get(attempt + "/result");
    }

    /** After a wrong first attempt, a wrong second one, and a right one. */
    @ParameterizedTest
    @CsvSource({
        ", false, false, false",
        "after_submission, true, true, true",
        "after_grading, true, true, true",
        "after_passing, false, false, true",
        "after_last_attempt, false, true, true",
        "after_closing, false, false, false"
    })
    void asTheQuizAllows(String setting, boolean first, boolean last, boolean passed) {
        String until = "after_closing".equals(setting) ? "\"available_until\": \"2090-01-01T00:00:00Z\"," : "";
        UUID quiz = quiz(until + (setting == null ? "" : "\"show_answers\": \"" + setting + "\","));
        ApiClient student = enrolled();
        shown(result(student, quiz, "b"), first, "secret general\n\nsecret wrong");
        shown(result(student, quiz, "b"), last, "secret general\n\nsecret wrong");
        shown(result(enrolled(), quiz, "a"), passed, "secret general\n\nsecret right");
    }

    private static void shown(Answer result, boolean allowed, String feedback) {
        assertThat(result.status()).as(result.toString()).isEqualTo(200);
        assertThat(result.json().path("answers_shown").asBoolean()).isEqualTo(allowed);
        JsonNode question = result.json().path("questions").path(0);
        if (allowed) {
            assertThat(question.path("key").toString()).isEqualTo("[\"a\"]");
            assertThat(question.path("feedback").asString()).isEqualTo(feedback);
            assertThat(question.path("option_feedback").toString()).isEqualTo("{\"a\":\"secret of a\"}");
        } else {
            assertThat(result.body()).doesNotContain("secret");
            assertThat(question.has("key") || question.has("parts")).isFalse();
        }
    }

    @Test
    void afterClosingOnceItIsClosed() {
        UUID quiz = quiz("\"show_answers\": \"after_closing\", \"available_until\": \"2090-01-01T00:00:00Z\",");
        ApiClient student = enrolled();
        String attempt = result(student, quiz, "a").json().path("id").asString();
        academy.owner()
                .execute(
                        "update catalog.quiz_versions set metadata = jsonb_set(metadata, '{available_until}', '\"2026-01-01T00:00:00Z\"') where quiz_id = ?",
                        quiz);
        shown(student.get("/attempts/" + attempt + "/result"), true, "secret general\n\nsecret right");
    }
}
