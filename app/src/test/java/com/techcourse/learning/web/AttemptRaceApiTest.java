package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A student with a hundred open tabs, over HTTP. */
class AttemptRaceApiTest {

    private static final int TABS = 100;

    private static ApiAcademy academy;
    private static String quiz;

    @BeforeAll
    static void open() {
        academy = ApiAcademy.start();
        String questions = IntStream.range(0, TABS)
                .mapToObj(n ->
                        "{\"id\": \"t%d\", \"type\": \"numeric\", \"text\": \"Which?\", \"points\": 1, \"answer\": %d}"
                                .formatted(n, n))
                .collect(Collectors.joining(","));
        quiz = String.valueOf(academy.owner()
                .fetchValue(
                        "insert into catalog.quizzes (course_id, metadata) values (?, ?::jsonb) returning id",
                        academy.id("free-course"),
                        "{\"schema_version\": 1, \"title\": \"Many\", \"passing_score\": 50, \"max_attempts\": 3, \"questions\": ["
                                + questions + "]}"));
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

    private static String attempt(ApiClient student) {
        return "/attempts/"
                + student.post("/quizzes/" + quiz + "/attempts", "")
                        .json()
                        .path("id")
                        .asString();
    }

    private static Answer save(ApiClient student, String attempt, int question, int answer) {
        return student.put(attempt + "/answers/t" + question, "{\"answer\": %d, \"revision\": 0}".formatted(answer));
    }

    @Test
    void aHundredStartsMakeOneAttempt() {
        ApiClient student = enrolled("eager");
        List<Answer> answers = Together.times(TABS, tab -> student.post("/quizzes/" + quiz + "/attempts", ""));
        assertThat(answers).extracting(Answer::status).containsOnly(200, 201).containsOnlyOnce(201);
        assertThat(answers)
                .extracting(answer -> answer.json().path("id").asString())
                .containsOnly(answers.getFirst().json().path("id").asString());
        assertThat(academy.owner()
                        .fetchCount(
                                org.jooq.impl.DSL.table("learning.attempts"),
                                org.jooq.impl.DSL.condition("student_id = ?", academy.id("eager"))))
                .isEqualTo(1);
    }

    @Test
    void aHundredTabsLoseNothing() {
        ApiClient student = enrolled("tabs");
        String attempt = attempt(student);
        Set<Integer> statuses = new HashSet<>(
                Together.times(TABS, tab -> save(student, attempt, tab, tab).status()));
        assertThat(statuses).containsExactly(200);
        assertThat(student.get(attempt).json().path("revision").asInt()).isEqualTo(TABS);
        assertThat(student.post(attempt + "/submission", "")
                        .json()
                        .path("score")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void oneOfAHundredRevisionsWins() {
        ApiClient student = enrolled("same");
        String attempt = attempt(student);
        List<Integer> statuses =
                Together.times(TABS, tab -> save(student, attempt, 0, tab).status());
        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
        assertThat(student.get(attempt).json().path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void handedInOnceWhileOthersSave() {
        ApiClient student = enrolled("hasty");
        String attempt = attempt(student);
        List<Answer> answers = Together.times(
                TABS,
                tab -> tab % 4 == 0 ? student.post(attempt + "/submission", "") : save(student, attempt, tab, tab));
        assertThat(answers).extracting(Answer::status).containsOnly(200, 409);
        long saved = IntStream.range(0, TABS)
                .filter(tab -> tab % 4 != 0 && answers.get(tab).status() == 200)
                .count();
        assertThat(student.get(attempt).json().path("answers")).hasSize((int) saved);
        assertThat(student.get(attempt + "/result")
                        .json()
                        .path("score")
                        .decimalValue()
                        .intValue())
                .as("what was saved is what was graded")
                .isEqualTo((int) saved);
    }
}
