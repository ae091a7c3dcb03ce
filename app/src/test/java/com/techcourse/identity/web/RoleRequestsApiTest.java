package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From student to instructor by way of an admin. */
class RoleRequestsApiTest {

    private static final String WHY = "{\"motivation\": \"I want to teach.\"}";

    private static ApiAcademy academy;

    @BeforeAll
    static void open() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static String asked(ApiClient student) {
        Answer answer = student.post("/me/role-requests", WHY);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    @Test
    void anApprovedStudentActsAsInstructor() {
        ApiClient student = academy.newStudent("eager");
        String id = asked(student);
        assertThat(academy.as("admin").get("/role-requests?limit=100").body()).contains(id);
        Answer approved = academy.as("admin").post("/role-requests/" + id + "/approval", "{\"reason\": \"Welcome!\"}");
        assertThat(approved.json().path("status").asString()).isEqualTo("approved");
        assertThat(student.get("/me/role-requests")
                        .json()
                        .path("items")
                        .path(0)
                        .path("reason")
                        .asString())
                .isEqualTo("Welcome!");
        assertThat(academy.as("admin")
                        .get("/people/" + academy.id("eager"))
                        .json()
                        .path("roles")
                        .toString())
                .contains("instructor");
    }

    @Test
    void aDeclinedStudentReadsWhyAndAsksAgain() {
        ApiClient student = academy.newStudent("early");
        String id = asked(student);
        ApiClient admin = academy.as("admin");
        assertThat(admin.post("/role-requests/" + id + "/refusal", "{}").problem())
                .isEqualTo("invalid-value");
        assertThat(admin.post("/role-requests/" + id + "/refusal", "{\"reason\": \"Not yet.\"}")
                        .status())
                .isEqualTo(200);
        asked(student);
    }

    @Test
    void oneOpenRequestAtATime() {
        ApiClient student = academy.newStudent("double");
        String id = asked(student);
        assertThat(student.post("/me/role-requests", WHY).problem()).isEqualTo("role-requested");
        assertThat(academy.newStudent("foreign")
                        .delete("/me/role-requests/" + id)
                        .problem())
                .isEqualTo("not-found");
        assertThat(student.delete("/me/role-requests/" + id).status()).isEqualTo(204);
        asked(student);
    }

    @Test
    void aHundredAtOnceMakeOneRequest() {
        ApiClient student = academy.newStudent("impatient");
        List<Integer> answers = Together.times(
                100, number -> student.post("/me/role-requests", WHY).status());
        assertThat(answers).containsOnly(201, 409).containsOnlyOnce(201);
    }

    @Test
    void anInstructorNeedNotAsk() {
        assertThat(academy.as("instructor").post("/me/role-requests", WHY).problem())
                .isEqualTo("role-held");
    }

    @Test
    void aRequestIsDecidedOnce() {
        String id = asked(academy.newStudent("decided"));
        ApiClient admin = academy.as("admin");
        admin.post("/role-requests/" + id + "/approval", "{}");
        assertThat(admin.post("/role-requests/" + id + "/refusal", "{\"reason\": \"No.\"}")
                        .problem())
                .isEqualTo("already-decided");
        assertThat(admin.post("/role-requests/" + UUID.randomUUID() + "/approval", "{}")
                        .problem())
                .isEqualTo("not-found");
    }

    @Test
    void ofAHundredDecisionsOneCounts() {
        String id = asked(academy.newStudent("contested"));
        ApiClient admin = academy.as("admin");
        List<Integer> answers = Together.times(
                100,
                number -> number % 2 == 0
                        ? admin.post("/role-requests/" + id + "/approval", "{}").status()
                        : admin.post("/role-requests/" + id + "/refusal", "{\"reason\": \"No.\"}")
                                .status());
        assertThat(answers).containsOnly(200, 409).containsOnlyOnce(200);
        Object status = academy.owner().fetchValue("select status from identity.role_requests where id = ?::uuid", id);
        Object roles = academy.owner()
                .fetchValue(
                        "select count(*) from identity.user_roles where user_id = ? and role = 'instructor'",
                        academy.id("contested"));
        assertThat(roles).isEqualTo("approved".equals(status) ? 1L : 0L);
    }

    @Test
    void onlyAnAdminSeesOthersRequests() {
        ApiClient student = academy.newStudent("curious");
        assertThat(student.get("/role-requests").problem()).isEqualTo("forbidden");
        asked(academy.newStudent("private"));
        assertThat(student.get("/me/role-requests").json().path("items").size()).isZero();
    }
}
