package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A passed quiz earns a certificate, which anyone checks by its number. */
class CertificatesApiTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    /** Enrols somebody of this name, who passes the quiz; answers the number of the certificate. */
    private static String certificate(String who, String name) {
        ApiClient student = academy.newStudent(who);
        academy.owner()
                .execute(
                        "update identity.users set display_name = ? where email::text = ?",
                        name,
                        who + "@academy.example");
        student.post("/enrollments", "{\"course_id\": \"%s\"}".formatted(academy.id("free-course")));
        assertThat(student.get(own()).status()).isEqualTo(404);
        Answer attempt = student.post("/quizzes/" + academy.id("free-course/quiz") + "/attempts", "");
        String place = "/attempts/" + attempt.json().path("id").asString();
        student.put(place + "/answers/q1", "{\"answer\": true, \"revision\": 0}");
        student.put(place + "/answers/q2", "{\"answer\": \"b\", \"revision\": 0}");
        assertThat(student.post(place + "/submission", "").status()).isEqualTo(200);
        Answer certificate = student.get(own());
        assertThat(certificate.json().path("holder_name").asString()).isEqualTo(name);
        return certificate.json().path("number").asString();
    }

    private static String own() {
        return "/enrollments/" + academy.id("free-course") + "/certificate";
    }

    private static String text(String number) throws IOException {
        Answer pdf = academy.visitor().get("/certificates/" + number + "/pdf");
        assertThat(pdf.status()).isEqualTo(200);
        assertThat(pdf.header("Content-Type")).isEqualTo("application/pdf");
        try (PDDocument document = Loader.loadPDF(pdf.bytes())) {
            assertThat(document.getNumberOfPages()).isOne();
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void fromTheQuizToTheRevocation() throws IOException {
        String number = certificate("zoe", "Zoë Ångström-Łukasiewicz");
        ApiClient visitor = academy.visitor();
        assertThat(visitor.get("/certificates/" + number).json().path("valid").asBoolean())
                .isTrue();
        assertThat(visitor.get("/certificates/" + number.toLowerCase(java.util.Locale.ROOT))
                        .status())
                .isEqualTo(200);
        assertThat(visitor.get("/certificates/TC-0000-0000-0000").status()).isEqualTo(404);
        assertThat(visitor.get("//certificates/" + number).body())
                .contains("Ångström")
                .contains(number);
        assertThat(visitor.get("//certificates/TC-0000-0000-0000").status()).isEqualTo(404);
        assertThat(text(number)).contains("Zoë Ångström-Łukasiewicz", "Python for free", number);
        String revocation = "/certificates/" + number + "/revocation";
        String reason = "{\"reason\": \"Somebody else sat the quiz.\"}";
        assertThat(academy.as("colleague").post(revocation, reason).status()).isEqualTo(404);
        assertThat(academy.as("instructor")
                        .post(revocation, "{\"reason\": \" \"}")
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(academy.as("instructor").post(revocation, reason).status()).isEqualTo(204);
        assertThat(academy.as("admin").post(revocation, reason).problem()).isEqualTo("already-revoked");
        Answer revoked = visitor.get("/certificates/" + number);
        assertThat(revoked.json().path("valid").asBoolean()).isFalse();
        assertThat(revoked.json().path("revoked_reason").asString()).isEqualTo("Somebody else sat the quiz.");
        assertThat(text(number)).contains("REVOKED");
        assertThat(visitor.get("//certificates/" + number).body()).contains("Somebody else sat the quiz.");
    }

    @Test
    void everyNameIsWrittenOrSaidToBeElsewhere() throws IOException {
        assertThat(text(certificate("sofia", "София Ковалевская"))).contains("София Ковалевская");
        assertThat(text(certificate("emmy", "Ελένη Παπαδοπούλου"))).contains("Ελένη Παπαδοπούλου");
        assertThat(text(certificate("chen", "陈省身"))).contains("whose name is written at the address below");
        assertThat(text(certificate("maryam", "مریم میرزاخانی")))
                .contains("whose name is written at the address below");
        assertThat(text(certificate("smile", "Ada \uD83D\uDE00\t Byron")))
                .contains("whose name is written at the address below");
        assertThat(text(certificate("noa", "נועה כהן"))).contains("CERTIFICATE");
        assertThat(text(certificate("long", "W".repeat(120)))).contains("WWWW");
    }

    @Test
    void whoIsErasedIsNotNamed() throws IOException {
        String number = certificate("gone", "Gone Girl");
        academy.owner().execute("""
                update identity.users set status = 'erased', erased_at = now(), email = 'erased-' || id || '@erased.invalid',
                  display_name = 'Erased user', bio = '', country = null, external_id = null where id = ?
                """, academy.id("gone"));
        assertThat(academy.visitor().get("/certificates/" + number).json().has("holder_name"))
                .isFalse();
        assertThat(text(number)).contains("Name withheld").doesNotContain("Gone");
        assertThat(academy.visitor().get("//certificates/" + number).status()).isEqualTo(200);
    }

    @Test
    void eventsBecomeStatements() {
        ApiClient student = academy.newStudent("curious");
        student.post("/enrollments", "{\"course_id\": \"%s\"}".formatted(academy.id("free-course")));
        String event =
                "{\"id\": \"%s\", \"kind\": \"viewed\", \"course_id\": \"%s\", \"lesson_id\": \"%s\", \"payload\": {\"page\": 2}}"
                        .formatted(
                                academy.owner().fetchValue("select platform.uuid_v7()"),
                                academy.id("free-course"),
                                academy.id("free-course/first"));
        String batch = "{\"events\": [" + event + "," + event + "]}";
        assertThat(student.post("/me/events", batch).json().path("recorded").asInt())
                .isOne();
        assertThat(student.post("/me/events", batch).json().path("repeated").asInt())
                .isEqualTo(2);
        assertThat(student.post("/me/events", "{\"events\": []}").problem()).isEqualTo("invalid-value");
        assertThat(student.post("/me/events", batch.replace("viewed", "passed")).problem())
                .isEqualTo("invalid-value");
        Answer own = student.get("/me/xapi-statements?since=2026-01-01T00:00:00Z");
        assertThat(own.json().path("items")).hasSize(2);
        assertThat(own.json().path("items").get(1).path("verb").path("id").asString())
                .endsWith("/experienced");
        own.json().path("items").forEach(one -> XapiStatements.check(one, "http://127.0.0.1:" + academy.port()));
        assertThat(student.get("/me/xapi-statements.ndjson").body().lines()).hasSize(2);
        assertThat(student.get("/me/xapi-statements?since=2999-01-01T00:00:00Z")
                        .json()
                        .path("items"))
                .isEmpty();
        String course = "/studio/courses/" + academy.id("free-course") + "/xapi-statements";
        for (String who : new String[] {"instructor", "analyst"}) {
            Answer seen = academy.as(who).get(course + "?limit=100");
            assertThat(seen.body())
                    .contains("experienced")
                    .doesNotContain(academy.id("curious").toString());
            List<String> lines = academy.as(who)
                    .get(course + ".ndjson?since=2026-01-01T00:00:00Z")
                    .body()
                    .lines()
                    .toList();
            assertThat(lines)
                    .hasSize(seen.json().path("items").size())
                    .noneMatch(line -> line.contains(academy.id("curious").toString()));
            lines.forEach(line ->
                    XapiStatements.check(JsonMapper.shared().readTree(line), "http://127.0.0.1:" + academy.port()));
        }
        assertThat(academy.as("colleague").get(course + ".ndjson").body()).isEmpty();
        assertThat(academy.as("colleague").get(course).json().path("items")).isEmpty();
    }
}
