package com.techcourse.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The files of a course: how much room they have together, and in whose answers they stand. */
class CourseFilesApiTest {

    private static final int AT_ONCE = 100;
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    static Path folder;

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy =
                ApiAcademy.start(Map.of("techcourse.storage-url", folder.toUri().toString()));
        academy.loader("update platform.settings set value = '1' where name = 'course_files_mebibytes'");
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static Answer upload(ApiClient who, String lesson, String name, int bytes) {
        byte[] file = (name + " ".repeat(bytes)).substring(0, bytes).getBytes(StandardCharsets.UTF_8);
        return who.send(
                "POST",
                "/studio/lessons/" + academy.id(lesson) + "/attachments?file_name=" + name,
                file,
                "application/octet-stream");
    }

    @Test
    void aCourseHasRoomForSoMuch() {
        ApiClient instructor = academy.as("instructor");
        Answer first = upload(instructor, "paid-course/first", "a.txt", MEBIBYTE / 2);
        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(upload(instructor, "paid-course/second", "b.txt", MEBIBYTE / 2 + 1)
                        .problem())
                .isEqualTo("course-files-full");
        assertThat(upload(instructor, "paid-course/second", "b.txt", MEBIBYTE / 2)
                        .status())
                .as("to the last byte")
                .isEqualTo(201);
        assertThat(upload(instructor, "paid-course/second", "c.txt", 1).problem())
                .isEqualTo("course-files-full");
        instructor.delete("/studio/attachments/" + first.json().path("id").asString());
        assertThat(upload(instructor, "paid-course/second", "c.txt", 1).status())
                .as("what is taken off makes room")
                .isEqualTo(201);
        assertThat(upload(academy.as("colleague"), "paid-course/first", "d.txt", 1)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void ofAHundredUploadsAtOnceThoseThatFitAreKept() {
        ApiClient instructor = academy.as("instructor");
        List<Answer> answers = Together.times(
                AT_ONCE,
                n -> upload(instructor, "draft-course/" + (n % 2 == 0 ? "first" : "second"), n + ".txt", 99_999));
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(MEBIBYTE / 99_999);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .extracting(Answer::problem)
                .containsOnly("course-files-full");
        assertThat(academy.owner()
                        .fetchSingle(
                                "select count(*) from catalog.attachments a join catalog.lessons l on l.id = a.lesson_id"
                                        + " where l.course_id = ?",
                                academy.id("draft-course"))
                        .get(0, Integer.class))
                .isEqualTo(MEBIBYTE / 99_999);
    }

    @Test
    void aLessonGivesItsFilesToItsReadersAndTheirAddressesToNobodyElse() {
        ApiClient instructor = academy.as("instructor");
        upload(instructor, "free-course/first", "open.txt", 3);
        upload(instructor, "free-course/second", "paid.txt", 4);
        academy.loader("insert into learning.enrollments (student_id, course_id) values ('" + academy.id("student")
                + "', '" + academy.id("free-course") + "')");
        String course = "/enrollments/" + academy.id("free-course") + "/lessons/";
        Answer lesson = academy.as("student").get(course + academy.id("free-course/second"));
        JsonNode file = lesson.json().path("attachments").path(0);
        assertThat(file.path("file_name").asString()).as(lesson.toString()).isEqualTo("paid.txt");
        String url = file.path("url").asString().replace("/api/v1", "");
        assertThat(academy.as("student").get(url).body()).isEqualTo("paid");
        for (ApiClient stranger : List.of(academy.visitor(), academy.as("other"), academy.as("colleague"))) {
            assertThat(stranger.get(url).status()).isEqualTo(404);
        }
        assertThat(academy.as("other")
                        .get(course + academy.id("free-course/second"))
                        .status())
                .isEqualTo(404);
        assertThat(academy.as("other")
                        .get(course + academy.id("free-course/first"))
                        .json()
                        .path("attachments"))
                .as("a preview")
                .hasSize(1);
        academy.loader("update learning.enrollments set ended_at = now(), end_reason = 'withdrawn'");
        assertThat(academy.as("student").get(url).status()).as("who left").isEqualTo(404);
        assertThat(academy.as("student")
                        .get(course + academy.id("free-course/second"))
                        .status())
                .isEqualTo(404);
    }
}
