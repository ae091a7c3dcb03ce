package com.techcourse.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Acting;
import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of lessons: who may put them there, what they may be, and who gets them. */
class AttachmentsApiTest {

    @TempDir
    static Path folder;

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy =
                ApiAcademy.start(Map.of("techcourse.storage-url", folder.toUri().toString()));
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static Answer upload(ApiClient who, String lesson, String name, byte[] file) {
        return who.send(
                "POST",
                "/studio/lessons/" + academy.id(lesson) + "/attachments?file_name=" + name,
                file,
                "application/octet-stream");
    }

    private static byte[] pdf(String text) {
        return ("%PDF-1.7\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whoMayReadTheLessonGetsTheFileAndNobodyElse() {
        Answer added = upload(academy.as("instructor"), "free-course/second", "slides.pdf", pdf("free"));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        String path = added.json().path("url").asString().replace("/api/v1", "");
        assertThat(academy.visitor().get(path).status()).isEqualTo(404);
        assertThat(academy.as("student").get(path).status()).isEqualTo(404);
        academy.loader("insert into learning.enrollments (student_id, course_id) values ('" + academy.id("student")
                + "', '" + academy.id("free-course") + "')");
        Answer file = academy.as("student").get(path);
        assertThat(file.bytes()).isEqualTo(pdf("free"));
        assertThat(file.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.header("Content-Disposition")).startsWith("attachment").contains("slides.pdf");
        assertThat(academy.as("instructor").get(path).status()).isEqualTo(200);
        assertThat(academy.as("colleague").get(path).status()).isEqualTo(404);
    }

    @Test
    void aPreviewGivesItsFilesToEveryone() {
        Answer added = upload(
                academy.as("instructor"), "paid-course/first", "notes.txt", "Grüße".getBytes(StandardCharsets.UTF_8));
        Answer preview = academy.visitor().get("/courses/paid-course/lessons/" + academy.id("paid-course/first"));
        assertThat(preview.json().path("attachments").path(0).path("id").asString())
                .isEqualTo(added.json().path("id").asString());
        assertThat(academy.visitor()
                        .get("/attachments/" + added.json().path("id").asString())
                        .header("Content-Type"))
                .startsWith("text/plain");
    }

    @Test
    void aPartOfAFileMayBeAskedFor() {
        Answer added = upload(academy.as("instructor"), "draft-course/first", "a.pdf", pdf("0123456789"));
        String path = "/attachments/" + added.json().path("id").asString();
        Answer part = academy.as("instructor").with("Range", "bytes=9-12").get(path);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("0123");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 9-12/19");
        assertThat(academy.as("instructor").with("Range", "bytes=-2").get(path).body())
                .isEqualTo("89");
        assertThat(academy.as("instructor")
                        .with("Range", "bytes=500-")
                        .get(path)
                        .problem())
                .isEqualTo("range-not-satisfiable");
        assertThat(academy.as("instructor").with("Range", "nonsense").get(path).status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotListedIsNotTaken() {
        ApiClient instructor = academy.as("instructor");
        assertThat(upload(instructor, "draft-course/first", "a.exe", new byte[] {'M', 'Z', 0, 1})
                        .problem())
                .isEqualTo("unsupported-media-type");
        assertThat(upload(instructor, "draft-course/first", "empty.txt", new byte[0])
                        .problem())
                .isEqualTo("unsupported-media-type");
        Answer html = upload(instructor, "draft-course/first", "a.html", "<script>".getBytes(StandardCharsets.UTF_8));
        assertThat(html.json().path("media_type").asString()).isEqualTo("text/plain");
        assertThat(upload(instructor, "draft-course/first", "a%2Fb.pdf", pdf("x"))
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(upload(academy.as("colleague"), "draft-course/first", "a.pdf", pdf("x"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatNoLessonHoldsIsClearedAwayAndNothingElse() throws Exception {
        ApiClient instructor = academy.as("instructor");
        Answer once = upload(instructor, "draft-course/second", "one.pdf", pdf("shared by two"));
        Answer twice = upload(instructor, "draft-course/second", "two.pdf", pdf("shared by two"));
        Answer alone = upload(instructor, "draft-course/second", "three.pdf", pdf("alone"));
        long before = stored();
        assertThat(instructor
                        .delete("/studio/attachments/" + once.json().path("id").asString())
                        .status())
                .isEqualTo(204);
        assertThat(instructor
                        .delete("/studio/attachments/" + alone.json().path("id").asString())
                        .status())
                .isEqualTo(204);
        assertThat(forgotten("1 day")).as("stored too lately").isZero();
        assertThat(forgotten("0")).isOne();
        assertThat(stored()).isEqualTo(before);
        assertThat(instructor
                        .get("/attachments/" + twice.json().path("id").asString())
                        .status())
                .isEqualTo(200);
        assertThat(instructor.get("/attachments/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    private static int forgotten(String unusedFor) {
        return academy.database()
                .as(
                        Acting.visitor(),
                        app -> app.fetch("select * from catalog.forget_unused_files(?::interval, 100)", unusedFor)
                                .size());
    }

    private static long stored() throws Exception {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
