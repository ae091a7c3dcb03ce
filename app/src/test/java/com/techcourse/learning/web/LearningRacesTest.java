package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A hundred requests in the same moment, for each rule of learning that says once. */
class LearningRacesTest {

    private static final int AT_ONCE = 100;

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static String course() {
        return "/enrollments/" + academy.id("free-course");
    }

    private static ApiClient enrolled(String who) {
        ApiClient student = academy.newStudent(who);
        assertThat(student.post("/enrollments", "{\"course_id\": \"%s\"}".formatted(academy.id("free-course")))
                        .status())
                .isEqualTo(201);
        return student;
    }

    /** All right, not handed in yet. */
    private static String answered(ApiClient student) {
        String attempt = student.post("/quizzes/" + academy.id("free-course/quiz") + "/attempts", "")
                .json()
                .path("id")
                .asString();
        student.put("/attempts/" + attempt + "/answers/q1", "{\"answer\": true, \"revision\": 0}");
        student.put("/attempts/" + attempt + "/answers/q2", "{\"answer\": \"b\", \"revision\": 0}");
        return attempt;
    }

    private static Answer handIn(ApiClient student, String attempt) {
        return student.post("/attempts/" + attempt + "/submission", "");
    }

    private static long count(String of, Object... values) {
        return academy.owner()
                .fetchSingle("select count(*) from learning." + of, values)
                .get(0, long.class);
    }

    @Test
    void theLastTwoLessonsAtOnceCompleteTheCourseOnce() {
        ApiClient student = enrolled("last-lessons");
        handIn(student, answered(student));
        List<String> lessons = List.of("free-course/first", "free-course/second");
        List<Answer> answers = Together.times(
                AT_ONCE,
                n -> student.put(
                        course() + "/lessons/" + academy.id(lessons.get(n % 2)) + "/progress",
                        "{\"position_seconds\": " + n + ", \"completed\": true}"));
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(student.get(course()).json().has("completed_at")).isTrue();
        assertThat(count(
                        "events where student_id = ? and kind = 'completed' and lesson_id is null",
                        academy.id("last-lessons")))
                .isOne();
        assertThat(count(
                        "events where student_id = ? and kind = 'completed' and lesson_id is not null",
                        academy.id("last-lessons")))
                .isEqualTo(2);
    }

    @Test
    void oneCertificateHoweverOftenItIsHandedInAndRevokedOnce() {
        ApiClient student = enrolled("certified");
        String attempt = answered(student);
        List<Answer> answers = Together.times(AT_ONCE, _ -> handIn(student, attempt));
        assertThat(answers)
                .allMatch(answer -> answer.status() == 200 || answer.problem().equals("attempt-handed-in"));
        assertThat(count("certificates where student_id = ?", academy.id("certified")))
                .isOne();
        assertThat(count("certificate_numbers where student_id = ?", academy.id("certified")))
                .isOne();
        String number = academy.owner()
                .fetchSingle("select number from learning.certificates where student_id = ?", academy.id("certified"))
                .get(0, String.class);
        ApiClient admin = academy.as("admin");
        List<Answer> revocations = Together.times(
                AT_ONCE,
                n -> admin.post("/certificates/" + number + "/revocation", "{\"reason\": \"Number " + n + "\"}"));
        assertThat(revocations.stream().filter(answer -> answer.status() < 300)).hasSize(1);
        assertThat(revocations.stream().filter(answer -> answer.status() >= 300).map(Answer::problem))
                .allMatch("already-revoked"::equals);
    }

    @Test
    void aHundredWhoPassAtOnceHaveNumbersOfTheirOwnAndTheirRatingsAddUp() {
        List<ApiClient> students = IntStream.range(0, AT_ONCE)
                .mapToObj(n -> enrolled("rater-" + n))
                .toList();
        List<String> attempts =
                students.stream().map(LearningRacesTest::answered).toList();
        Together.times(AT_ONCE, n -> handIn(students.get(n), attempts.get(n)));
        assertThat(academy.owner().fetchSingle("""
                                select count(distinct c.number) from learning.certificates c
                                  join learning.certificate_numbers n on n.number = c.number and n.student_id = c.student_id
                                  join identity.users u on u.id = c.student_id where u.email::text like 'rater-%'
                                """).get(0, int.class)).isEqualTo(AT_ONCE);
        long before = count("reviews where course_id = ?", academy.id("free-course"));
        List<Answer> reviews = Together.times(
                AT_ONCE,
                n -> students.get(n)
                        .put(course() + "/review", "{\"rating\": %d, \"body\": \"As it is.\"}".formatted(n % 5 + 1)));
        assertThat(reviews).allMatch(answer -> answer.status() < 300);
        JsonNode rating = academy.visitor().get("/courses/free-course/rating").json();
        assertThat(rating.path("ratings").asLong()).isEqualTo(before + AT_ONCE);
        for (int stars = 1; stars <= 5; stars++) {
            assertThat(rating.path("stars" + stars)
                            .asLong(rating.path("stars_" + stars).asLong(-1)))
                    .isEqualTo(count("reviews where course_id = ? and rating = ?", academy.id("free-course"), stars));
        }
    }

    @Test
    void oneReviewOfAStudent() {
        ApiClient student = enrolled("reviewer");
        long before = count("reviews where course_id = ?", academy.id("free-course"));
        List<Answer> answers = Together.times(
                AT_ONCE,
                n -> student.put(course() + "/review", "{\"rating\": %d, \"body\": \"So.\"}".formatted(n % 5 + 1)));
        assertThat(answers).allMatch(answer -> answer.status() < 300);
        assertThat(count("reviews where course_id = ?", academy.id("free-course")))
                .isEqualTo(before + 1);
    }

    @Test
    void aBatchOfEventsCountsOnce() {
        ApiClient student = enrolled("sender");
        String batch = IntStream.range(0, 5)
                .mapToObj(_ -> "{\"id\": \"%s\", \"kind\": \"viewed\", \"course_id\": \"%s\", \"lesson_id\": \"%s\"}"
                        .formatted(
                                academy.owner().fetchValue("select platform.uuid_v7()"),
                                academy.id("free-course"),
                                academy.id("free-course/first")))
                .collect(Collectors.joining(",", "{\"events\": [", "]}"));
        List<Answer> answers = Together.times(AT_ONCE, _ -> student.post("/me/events", batch));
        assertThat(answers.stream()
                        .mapToInt(answer -> answer.json().path("recorded").asInt())
                        .sum())
                .isEqualTo(5);
        assertThat(count("events where student_id = ? and kind = 'viewed'", academy.id("sender")))
                .isEqualTo(5);
    }
}
