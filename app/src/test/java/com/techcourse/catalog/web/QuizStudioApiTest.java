package com.techcourse.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/** An instructor writes quizzes over HTTP: every fault by its place, no lost update, nothing of what was taken is lost. */
@TestInstance(Lifecycle.PER_CLASS)
class QuizStudioApiTest {

    private ApiAcademy academy;
    private ApiClient instructor;

    @BeforeAll
    void open() {
        academy = ApiAcademy.start();
        instructor = academy.as("instructor");
    }

    @AfterAll
    void close() {
        academy.close();
    }

    private Answer added() {
        return instructor.post("/studio/courses/" + academy.id("draft-course") + "/quizzes", QuizStudioApi.EXAMPLE);
    }

    @Test
    void aQuizIsWrittenChangedAndThrownAway() {
        Answer added = added();
        assertThat(added.status()).isEqualTo(201);
        String quiz = "/studio/quizzes/" + added.json().path("id").asString();
        assertThat(added.header("Location")).isEqualTo("/api/v1" + quiz);
        String changed = QuizStudioApi.EXAMPLE.replace("\"points\": 1,", "\"points\": 1.10000000000000000001,");
        Answer saved = instructor.with("If-Match", added.header("ETag")).put(quiz, changed);
        assertThat(saved.status()).isEqualTo(200);
        assertThat(instructor.get(quiz).body()).contains("1.10000000000000000001");
        assertThat(instructor
                        .with("If-Match", added.header("ETag"))
                        .put(quiz, changed)
                        .problem())
                .isEqualTo("stale-version");
        assertThat(instructor.put(quiz, changed).problem()).isEqualTo("precondition-required");
        JsonNode versions = instructor.get(quiz + "/versions").json().path("items");
        assertThat(versions.size()).isEqualTo(2);
        assertThat(instructor
                        .get(quiz + "/versions/1")
                        .json()
                        .path("questions")
                        .path(0)
                        .path("points")
                        .asInt())
                .isEqualTo(1);
        assertThat(instructor
                        .with("If-Match", saved.header("ETag"))
                        .delete(quiz)
                        .status())
                .isEqualTo(204);
        assertThat(instructor.get(quiz).problem()).isEqualTo("not-found");
    }

    @Test
    void everyFaultIsNamedByItsPlace() {
        String faulty = """
                {"schema_version": 1, "title": "", "passing_score": 101, "draw": 2, "questions": [
                  {"id": "q1", "type": "single_choice", "text": "?", "points": 1, "penalty": 2, "answer": "z",
                   "options": [{"id": "a", "text": "A", "right~/": true}, {"id": "b", "text": "B"}]}]}""";
        Answer refused = instructor.post("/studio/courses/" + academy.id("draft-course") + "/quizzes", faulty);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("invalid-quiz");
        JsonNode checked = instructor.post("/studio/quizzes/validate", faulty).json();
        assertThat(checked.path("valid").asBoolean()).isFalse();
        for (JsonNode faults : new JsonNode[] {refused.json().path("faults"), checked.path("faults")}) {
            assertThat(faults.valueStream().map(fault -> fault.path("pointer").asString()))
                    .containsExactlyInAnyOrder(
                            "/title",
                            "/passing_score",
                            "/draw",
                            "/questions/0/penalty",
                            "/questions/0/answer",
                            "/questions/0/options/0/right~0~1");
        }
    }

    @Test
    void whatIsNotOnesOwnIsNotThere() {
        ApiClient colleague = academy.as("colleague");
        String quiz = "/studio/quizzes/" + academy.id("free-course/quiz");
        assertThat(colleague.get(quiz).problem()).isEqualTo("not-found");
        assertThat(colleague.get(quiz + "/versions").problem()).isEqualTo("not-found");
        assertThat(colleague
                        .with("If-Match", "\"1\"")
                        .put(quiz, QuizStudioApi.EXAMPLE)
                        .problem())
                .isEqualTo("not-found");
        assertThat(colleague.with("If-Match", "\"1\"").delete(quiz).problem()).isEqualTo("not-found");
        assertThat(academy.as("student").get(quiz).problem()).isEqualTo("forbidden");
        assertThat(academy.as("admin").get(quiz).status()).isEqualTo(200);
    }

    @Test
    void aTakenQuizStays() {
        academy.database().as(com.techcourse.platform.Acting.student(academy.id("student")), dsl -> {
            dsl.execute(
                    "insert into learning.enrollments (student_id, course_id) values (?, ?)",
                    academy.id("student"),
                    academy.id("free-course"));
            return dsl.fetch("select * from learning.start_attempt(?)", academy.id("free-course/quiz"));
        });
        String quiz = "/studio/quizzes/" + academy.id("free-course/quiz");
        Answer refused =
                instructor.with("If-Match", instructor.get(quiz).header("ETag")).delete(quiz);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("quiz-taken");
    }

    @Test
    void theSchemaIsPublished() {
        Answer schema = academy.visitor().get("/schemas/quiz-1.json");
        assertThat(schema.status()).isEqualTo(200);
        assertThat(schema.json().path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }
}
