package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** One's data, taken along and erased, over HTTP. */
class MyDataApiTest {

    private static final String PROOF = "{\"password\": \"" + ApiAcademy.PASSWORD + "\"}";

    private static ApiAcademy academy;

    @BeforeAll
    static void open() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static Map<String, String> unzipped(Answer answer) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void theExportHoldsEveryFileOfTheListAndOnlyOnesOwnRows() throws IOException {
        ApiClient student = academy.newStudent("collector");
        student.post("/me/role-requests", "{\"motivation\": \"I collect stamps.\"}");
        Map<String, String> files = unzipped(student.post("/me/export", "{}"));
        JsonMapper json = JsonMapper.shared();
        assertThat(json.readTree(files.get("README.json")).path("files").size()).isEqualTo(files.size() - 1);
        assertThat(files.get("README.json")).contains("left_out");
        files.values().forEach(json::readTree);
        assertThat(files.get("account.json")).contains("collector@academy.example");
        assertThat(files.get("role-requests.json")).contains("I collect stamps.");
        assertThat(files.get("sessions.json")).contains("acting_role");
        String whole = String.join("\n", files.values());
        assertThat(whole).doesNotContain("argon2id", "token_hash", "student@academy.example", "Student Person");
    }

    @Test
    void staffTakeTheirDataAlongToo() throws IOException {
        assertThat(unzipped(academy.as("accountant").post("/me/export", "{}")).get("account.json"))
                .contains("accountant@academy.example");
    }

    @Test
    void anErasureNeedsThePasswordAndEndsEverything() {
        ApiClient student = academy.newStudent("leaver");
        assertThat(student.post("/me/erasure", "{}").problem()).isEqualTo("proof-needed");
        assertThat(student.post("/me/erasure", "{\"password\": \"wrong\"}").problem())
                .isEqualTo("proof-needed");
        Answer token = student.post(
                "/me/tokens", "{\"name\": \"t\", \"scopes\": [\"identity:write\"], \"expires_in_days\": 1}");
        ApiClient program =
                academy.visitor().withToken(token.json().path("token").asString());
        assertThat(program.post("/me/erasure", PROOF).problem()).isEqualTo("forbidden");
        assertThat(student.post("/me/erasure", PROOF).status()).isEqualTo(204);
        assertThat(student.get("/me/tokens").problem()).isEqualTo("unauthenticated");
        assertThat(program.get("/me/tokens").problem()).isEqualTo("unauthenticated");
        assertThat(academy.owner()
                        .fetchValue("select email::text from identity.users where id = ?", academy.id("leaver")))
                .isEqualTo("erased-" + academy.id("leaver") + "@erased.invalid");
    }

    @Test
    void whoHasNoPasswordSignsInAgainFirst() {
        ApiClient student = academy.newStudent("keyless");
        academy.owner().execute("delete from identity.credentials where user_id = ?", academy.id("keyless"));
        academy.owner()
                .execute(
                        "update identity.sessions set created_at = now() - interval '1 hour' where user_id = ?",
                        academy.id("keyless"));
        assertThat(student.post("/me/erasure", "{}").problem()).isEqualTo("proof-needed");
        academy.owner()
                .execute("update identity.sessions set created_at = now() where user_id = ?", academy.id("keyless"));
        assertThat(student.post("/me/erasure", "{}").status()).isEqualTo(204);
    }

    @Test
    void anAdminErasesOthersButNotTheLastAdmin() {
        academy.person("reported", "student");
        ApiClient admin = academy.as("admin");
        String path = "/people/" + academy.id("reported") + "/erasure";
        assertThat(academy.as("other").post(path, PROOF).problem()).isEqualTo("forbidden");
        assertThat(admin.post(path, "{}").problem()).isEqualTo("proof-needed");
        assertThat(admin.post(path, PROOF).status()).isEqualTo(204);
        assertThat(admin.get("/people/" + academy.id("reported"))
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("erased");
        assertThat(admin.delete("/people/" + academy.id("reported") + "/suspension")
                        .problem())
                .isEqualTo("erased");
        assertThat(admin.post("/me/erasure", PROOF).problem()).isEqualTo("last-admin");
    }
}
