package com.techcourse.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A question bank over HTTP: written by hand, used in quizzes, brought in from files and taken out again. */
@TestInstance(Lifecycle.PER_CLASS)
class QuestionBankApiTest {

    private static final String BANK = "/studio/question-bank";
    private static final String BOILS = """
            {"question": {"type": "true_false", "text": "Water boils at %s degrees.", "points": 1, "answer": true}, "tags": ["physics"]}""";

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

    @Test
    void aQuestionIsUsedAndUpdatedInItsQuizzes() {
        Answer added = instructor.post(BANK, BOILS.formatted("90"));
        assertThat(added.status()).isEqualTo(201);
        String id = added.json().path("id").asString();
        String quiz = "/studio/quizzes/" + academy.id("paid-course/quiz");
        Answer used = instructor
                .with("If-Match", instructor.get(quiz).header("ETag"))
                .post(quiz + "/questions", "{\"bank_question_ids\": [\"" + id + "\"]}");
        assertThat(used.json()
                        .path("document")
                        .path("questions")
                        .path(2)
                        .path("bank_version")
                        .asInt())
                .isEqualTo(1);
        Answer saved = instructor.with("If-Match", added.header("ETag")).put(BANK + "/" + id, BOILS.formatted("100"));
        assertThat(saved.json().path("version").asInt()).isEqualTo(2);
        JsonNode old =
                instructor.get(BANK + "/" + id + "/uses").json().path("items").path(0);
        assertThat(old.path("newest").asBoolean()).isFalse();
        JsonNode updated = instructor
                .send("POST", BANK + "/" + id + "/uses/update", null)
                .json()
                .path("items");
        assertThat(updated.path(0).path("bank_version").asInt()).isEqualTo(2);
        assertThat(instructor.get(quiz).body()).contains("boils at 100");
        assertThat(instructor.with("If-Match", "\"2\"").delete(BANK + "/" + id).status())
                .isEqualTo(204);
        assertThat(instructor
                        .get(BANK + "?tag=physics&type=true_false&text=BOILS&archived=true")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(instructor.get(BANK + "?tag=physics").json().path("items").size())
                .isZero();
        assertThat(academy.as("colleague").get(BANK + "/" + id).problem()).isEqualTo("not-found");
    }

    @Test
    void aFaultyQuestionIsRefusedByItsPlace() {
        Answer refused = instructor.post(BANK, BOILS.replace("true}", "7}").formatted("1"));
        assertThat(refused.problem()).isEqualTo("invalid-quiz");
        assertThat(refused.json().path("faults").path(0).path("pointer").asString())
                .isEqualTo("/question/answer");
    }

    @ParameterizedTest
    @CsvSource({"gift, 44, 29, 12, 3", "moodle-xml, 67, 28, 24, 15", "qti, 57, 26, 9, 22"})
    void aTeachersBankComesInAndGoesOut(String format, int items, int taken, int approximated, int dropped)
            throws IOException {
        academy.person("teacher-" + format, "instructor");
        ApiClient teacher = academy.as("teacher-" + format);
        byte[] file = file("/questions/teacher." + format);
        JsonNode dry = imported(teacher, format, file, true);
        assertThat(teacher.get(BANK).json().path("items").size()).isZero();
        JsonNode report = imported(teacher, format, file, false);
        assertThat(report.path("items").size()).as(report.toPrettyString()).isEqualTo(items);
        assertThat(new int[] {
                    report.path("taken").asInt(),
                    report.path("approximated").asInt(),
                    report.path("dropped").asInt()
                })
                .as(report.toPrettyString())
                .containsExactly(taken, approximated, dropped);
        assertThat(dry.path("taken")).isEqualTo(report.path("taken"));
        assertThat(imported(teacher, format, file, false).path("already_there").asInt())
                .isEqualTo(taken + approximated);
        for (String other : new String[] {"gift", "moodle-xml", "qti"}) {
            Answer exported = teacher.get(BANK + "/export?format=" + other);
            assertThat(exported.status()).isEqualTo(200);
            JsonNode losses =
                    teacher.get(BANK + "/export/losses?format=" + other).json();
            JsonNode back = imported(teacher, other, exported.bytes(), true);
            assertThat(back.path("already_there").asInt())
                    .as(other + losses.toPrettyString() + back.toPrettyString())
                    .isGreaterThanOrEqualTo(losses.path("taken").asInt());
        }
    }

    @Test
    void whatIsNoFileOfQuestionsIsReported() {
        for (String file : new String[] {
            " ",
            "PK\u0003\u0004 no zip",
            "<quiz><question type=\"essay\">",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><quiz>&e;</quiz>",
            "\u0000{=a"
        }) {
            for (String format : new String[] {"gift", "moodle-xml", "qti"}) {
                Answer answer = instructor.send(
                        "POST",
                        BANK + "/imports?dry_run=true&format=" + format,
                        file.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        "application/octet-stream");
                assertThat(answer.status() == 200 || "unreadable-file".equals(answer.problem()))
                        .as(answer.toString())
                        .isTrue();
                assertThat(answer.json().path("taken").asInt()).isZero();
                assertThat(answer.body()).doesNotContain("root:");
            }
        }
        assertThat(instructor
                        .send("POST", BANK + "/imports?format=word", new byte[1], "application/octet-stream")
                        .problem())
                .isEqualTo("invalid-value");
    }

    private static JsonNode imported(ApiClient teacher, String format, byte[] file, boolean dry) {
        Answer answer = teacher.send(
                "POST", BANK + "/imports?format=" + format + "&dry_run=" + dry, file, "application/octet-stream");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(QuestionBankApiTest.class.getResourceAsStream(name), name)) {
            return file.readAllBytes();
        }
    }
}
