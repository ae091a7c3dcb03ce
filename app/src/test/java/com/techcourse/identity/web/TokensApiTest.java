package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Together;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens for programs: good for their scopes, and only as long as nothing ended them. */
class TokensApiTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void open() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static String wish(String name, String scopes) {
        return """
                {"name": "%s", "scopes": [%s], "expires_in_days": 30}
                """.formatted(name, scopes);
    }

    private static Answer made(ApiClient person, String name, String scopes) {
        Answer answer = person.post("/me/tokens", wish(name, scopes));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer;
    }

    private static ApiClient program(Answer made) {
        return academy.visitor().withToken(made.json().path("token").asString());
    }

    @Test
    void aTokenOpensWhatItsScopesSay() {
        Answer made = made(academy.newStudent("scoped"), "reader", "\"identity:read\"");
        assertThat(made.json().path("token").asString()).startsWith("tc_").hasSize(46);
        ApiClient program = program(made);
        assertThat(program.get("/me/tokens").status()).isEqualTo(200);
        assertThat(program.delete("/me/tokens/" + UUID.randomUUID()).problem()).isEqualTo("forbidden");
        assertThat(program.get("/settings").problem()).isEqualTo("forbidden");
    }

    @Test
    void onlyItsHashIsKept() {
        String token = made(academy.newStudent("hashed"), "secret", "\"identity:read\"")
                .json()
                .path("token")
                .asString();
        assertThat(academy.owner()
                        .fetchValue(
                                "select count(*) from identity.api_tokens where token_hash = sha256(convert_to(?, 'UTF8'))",
                                token))
                .isEqualTo(1L);
        Answer list = academy.as("hashed", "student").get("/me/tokens");
        assertThat(list.body()).contains("secret").doesNotContain(token);
    }

    @Test
    void aTokenMakesNoToken() {
        ApiClient program = program(made(academy.newStudent("maker"), "writer", "\"identity:write\""));
        assertThat(program.post("/me/tokens", wish("more", "\"identity:write\""))
                        .problem())
                .isEqualTo("forbidden");
    }

    @Test
    void aTokenNeedsNoCookieAndNoCookieHelpsABadToken() {
        ApiClient student = academy.newStudent("cookie");
        assertThat(student.with("Authorization", "Bearer tc_nonsense")
                        .get("/me/tokens")
                        .problem())
                .isEqualTo("unauthenticated");
        assertThat(student.with("Authorization", "Basic eDp5").get("/me/tokens").problem())
                .isEqualTo("unauthenticated");
    }

    @Test
    void revokedIsEnded() {
        ApiClient student = academy.newStudent("revoker");
        Answer made = made(student, "old", "\"identity:read\"");
        String path = "/me/tokens/" + made.json().path("id").asString();
        assertThat(academy.newStudent("stranger").delete(path).problem()).isEqualTo("not-found");
        assertThat(program(made).get("/me/tokens").status()).isEqualTo(200);
        assertThat(student.delete(path).status()).isEqualTo(204);
        assertThat(program(made).get("/me/tokens").problem()).isEqualTo("unauthenticated");
        assertThat(student.delete(path).problem()).isEqualTo("not-found");
        made(student, "old", "\"identity:read\"");
    }

    @Test
    void expiryLossOfRoleAndSuspensionEndIt() {
        ApiClient student = academy.newStudent("expired");
        ApiClient program = program(made(student, "short", "\"identity:read\""));
        academy.owner()
                .execute(
                        "update identity.api_tokens set created_at = now() - interval '2 days', expires_at = now() - interval '1 second' where name = 'short'");
        assertThat(program.get("/me/tokens").problem()).isEqualTo("unauthenticated");

        ApiClient second = program(made(student, "of the role", "\"identity:read\""));
        academy.owner().execute("delete from identity.user_roles where user_id = ?", academy.id("expired"));
        assertThat(second.get("/me/tokens").problem()).isEqualTo("unauthenticated");

        ApiClient third = program(made(academy.newStudent("bad"), "suspended", "\"identity:read\""));
        assertThat(academy.as("admin")
                        .put("/people/" + academy.id("bad") + "/suspension", "{}")
                        .status())
                .isEqualTo(204);
        assertThat(third.get("/me/tokens").problem()).isEqualTo("unauthenticated");
        assertThat(academy.as("bad", "student").get("/me/tokens").problem()).isEqualTo("unauthenticated");
        academy.as("admin").delete("/people/" + academy.id("bad") + "/suspension");
        assertThat(third.get("/me/tokens").problem()).isEqualTo("unauthenticated");
    }

    @Test
    void aNameIsTakenWhileItsTokenLives() {
        ApiClient student = academy.newStudent("namer");
        made(student, "twice", "\"identity:read\"");
        assertThat(student.post("/me/tokens", wish("twice", "\"identity:read\""))
                        .problem())
                .isEqualTo("already-there");
    }

    @Test
    void aHundredAtOnceMakeOneToken() {
        ApiClient student = academy.newStudent("hasty");
        List<Integer> answers = Together.times(
                100,
                number -> student.post("/me/tokens", wish("rush", "\"identity:read\""))
                        .status());
        assertThat(answers).containsOnly(201, 409).containsOnlyOnce(201);
    }

    @Test
    void onlyKnownScopesAndAYearAtMost() {
        ApiClient student = academy.newStudent("wisher");
        for (String scopes : new String[] {"\"everything\"", "", "\"identity:read\", \"x:y\""}) {
            Answer refused = student.post("/me/tokens", wish("odd", scopes));
            assertThat(refused.problem()).isEqualTo("invalid-value");
            assertThat(refused.json().path("field").asString()).isEqualTo("scopes");
        }
        for (String days : new String[] {"0", "-1", "367", "2147483647"}) {
            assertThat(student.post(
                                    "/me/tokens",
                                    wish("odd", "\"identity:read\"").replace("30", days))
                            .problem())
                    .isEqualTo("invalid-value");
        }
        assertThat(student.post("/me/tokens", wish("odd", "\"identity:read\"").replace("{", "{\"role\": \"admin\", "))
                        .problem())
                .isEqualTo("forbidden");
    }

    @Test
    void theLastUseIsNotedOnceAMinuteAndWithoutWaiting() {
        ApiClient program = program(made(academy.newStudent("user"), "used", "\"identity:read\""));
        assertThat(Together.times(100, number -> program.get("/me/tokens").status()))
                .containsOnly(200);
        Object first = lastUse();
        assertThat(first).isNotNull();
        program.get("/me/tokens");
        assertThat(lastUse()).isEqualTo(first);
    }

    private static @Nullable Object lastUse() {
        return academy.owner().fetchValue("select last_used_at from identity.api_tokens where name = 'used'");
    }
}
