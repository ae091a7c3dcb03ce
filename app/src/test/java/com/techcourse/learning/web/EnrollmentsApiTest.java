package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A student enrols, learns, leaves, comes back and says what it was like. */
class EnrollmentsApiTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static String wish(String course) {
        return "{\"course_id\": \"%s\"}".formatted(academy.id(course));
    }

    private static String of(String course) {
        return "/enrollments/" + academy.id(course);
    }

    @Test
    void fromTheFirstLessonToTheReview() {
        ApiClient student = academy.newStudent("ada");
        assertThat(student.get(of("free-course")).status()).isEqualTo(404);
        assertThat(student.post("/enrollments", wish("free-course")).status()).isEqualTo(201);
        assertThat(student.post("/enrollments", wish("free-course")).status()).isEqualTo(200);
        assertThat(student.post("/enrollments", wish("paid-course")).problem()).isEqualTo("payment-needed");
        assertThat(student.post("/enrollments", wish("draft-course")).problem()).isEqualTo("course-not-open");
        UUID first = academy.id("free-course/first");
        assertThat(progress(student).path("resume_lesson_id").asString()).isEqualTo(first.toString());
        Answer lesson = student.get(of("free-course") + "/lessons/" + first);
        assertThat(lesson.json().path("html").asString()).contains("<h2>first</h2>");
        Answer step = student.put(
                of("free-course") + "/lessons/" + first + "/progress",
                "{\"position_seconds\": 12, \"completed\": true}");
        assertThat(step.json().path("position_seconds").asInt()).isEqualTo(12);
        assertThat(progress(student).path("percent").asInt()).isEqualTo(33);
        assertThat(student.get("/me/streak").json().path("current_days").asInt())
                .isOne();
        assertThat(student.delete(of("free-course")).status()).isEqualTo(204);
        assertThat(student.get(of("free-course")).json().path("end_reason").asString())
                .isEqualTo("withdrawn");
        assertThat(student.put(
                                of("free-course") + "/lessons/" + first + "/progress",
                                "{\"position_seconds\": 1, \"completed\": true}")
                        .problem())
                .isEqualTo("not-enrolled");
        assertThat(student.post("/enrollments", wish("free-course")).status()).isEqualTo(201);
        assertThat(student.get("/enrollments").json().path("items")).hasSize(1);
    }

    private static tools.jackson.databind.JsonNode progress(ApiClient student) {
        return student.get(of("free-course")).json().path("progress");
    }

    @Test
    void whatIsNotOnesOwnIsNotThere() {
        ApiClient student = academy.newStudent("stranger");
        assertThat(student.get(of("free-course") + "/lessons/" + academy.id("free-course/second"))
                        .status())
                .isEqualTo(404);
        assertThat(student.delete(of("free-course")).status()).isEqualTo(404);
        assertThat(student.put(of("free-course") + "/review", "{\"rating\": 5}").problem())
                .isEqualTo("not-enrolled");
        String students = "/studio/courses/" + academy.id("free-course") + "/students";
        assertThat(academy.as("colleague").get(students).json().path("items")).isEmpty();
        assertThat(student.get(students).status()).isEqualTo(403);
    }

    @Test
    void aReviewIsWrittenReadAnsweredAndTakenBack() {
        ApiClient student = academy.newStudent("grace");
        student.post("/enrollments", wish("free-course"));
        String review = of("free-course") + "/review";
        assertThat(student.put(review, "{\"rating\": 6}").problem()).isEqualTo("invalid-value");
        assertThat(student.put(review, "{\"rating\": 2, \"body\": \"Too short.\"}")
                        .status())
                .isEqualTo(200);
        Answer changed = student.put(review, "{\"rating\": 4, \"body\": \"Short.\"}");
        assertThat(changed.json().path("author").asString()).isEqualTo("grace P.");
        String reply = "/studio/courses/" + academy.id("free-course") + "/reviews/"
                + changed.json().path("id").asString() + "/reply";
        assertThat(academy.as("colleague").put(reply, "{\"body\": \"Thanks.\"}").status())
                .isEqualTo(404);
        assertThat(academy.as("instructor")
                        .put(reply, "{\"body\": \"Thanks.\"}")
                        .status())
                .isEqualTo(204);
        Answer all = academy.visitor().get("/courses/free-course/reviews");
        assertThat(all.json().path("items").get(0).path("reply").asString()).isEqualTo("Thanks.");
        assertThat(all.body()).doesNotContain(academy.id("grace").toString()).doesNotContain("Person");
        assertThat(academy.visitor()
                        .get("/courses/free-course/rating")
                        .json()
                        .path("ratings")
                        .asInt())
                .isOne();
        assertThat(student.delete(review).status()).isEqualTo(204);
        assertThat(student.delete(review).status()).isEqualTo(404);
        assertThat(academy.visitor()
                        .get("/courses/free-course/rating")
                        .json()
                        .path("ratings")
                        .asInt())
                .isZero();
    }

    @Test
    void theInstructorSeesWhoLearnsAndStaffRemoves() {
        ApiClient student = academy.newStudent("removed");
        String students = "/studio/courses/" + academy.id("free-course") + "/students";
        String place = students + "/" + academy.id("removed");
        ApiClient admin = academy.as("admin");
        assertThat(admin.put(place, "").status()).isEqualTo(204);
        assertThat(academy.as("instructor").get(students).body()).contains("removed Person");
        assertThat(academy.as("instructor").delete(place).status()).isEqualTo(403);
        assertThat(admin.delete(place).status()).isEqualTo(204);
        assertThat(student.post("/enrollments", wish("free-course")).problem()).isEqualTo("enrolment-closed");
        assertThat(admin.put(students + "/" + UUID.randomUUID(), "").status()).isEqualTo(404);
        assertThat(admin.delete(students + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void aHundredAtOnceAreOneEnrolment() throws Exception {
        ApiClient student = academy.newStudent("impatient");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> enrol =
                    () -> student.post("/enrollments", wish("free-course")).status();
            List<Future<Integer>> answers =
                    threads.invokeAll(Stream.generate(() -> enrol).limit(100).toList());
            assertThat(answers.stream().map(Future::resultNow).filter(status -> status == 201))
                    .hasSize(1);
            assertThat(answers.stream().map(Future::resultNow)).containsOnly(200, 201);
        }
        assertThat(academy.owner()
                        .fetchValue(
                                "select count(*) from learning.enrollments where student_id = ?",
                                academy.id("impatient")))
                .isEqualTo(1L);
    }
}
