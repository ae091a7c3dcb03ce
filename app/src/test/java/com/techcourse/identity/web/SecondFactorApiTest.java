package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.secrets.SealedSecrets;
import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.Browser;
import com.techcourse.testing.Together;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An authenticator app is set up, shown, lost and removed. */
class SecondFactorApiTest {

    private static final String PASSWORD = "{\"password\": \"" + ApiAcademy.PASSWORD + "\"}";

    private static ApiAcademy academy;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    @Test
    void aFirstRightCodeSwitchesItOn() {
        ApiClient ada = academy.newStudent("ada");
        assertThat(ada.get("/me/second-factor").json().path("enabled").asBoolean())
                .isFalse();
        assertThat(ada.post("/me/second-factor", "{\"password\": \"a wrong one\"}")
                        .problem())
                .isEqualTo("proof-needed");
        Answer setUp = ada.post("/me/second-factor", PASSWORD);
        assertThat(setUp.status()).as(setUp.toString()).isEqualTo(201);
        assertThat(setUp.json().path("otpauth_uri").asString())
                .startsWith("otpauth://totp/")
                .contains("ada%40academy.example")
                .contains(setUp.json().path("secret").asString());
        assertThat(ada.put("/me/second-factor", code("000000000")).problem()).isEqualTo("wrong-second-factor");
        assertThat(ada.get("/me/second-factor").json().path("enabled").asBoolean())
                .isFalse();
        Answer on = ada.put("/me/second-factor", code(now(secret(setUp), 0)));
        assertThat(on.json().path("recovery_codes")).hasSize(10);
        JsonNode state = ada.get("/me/second-factor").json();
        assertThat(state.path("enabled").asBoolean()).isTrue();
        assertThat(state.path("recovery_codes_left").asInt()).isEqualTo(10);
    }

    @Test
    void theSecretIsNotInTheDatabase() {
        byte[] secret = enabled("hidden").secret();
        byte[] kept = (byte[]) Objects.requireNonNull(gatekeeper(
                "select secret from identity.second_factors where user_id = '" + academy.id("hidden") + "'"));
        assertThat(java.util.HexFormat.of().formatHex(kept))
                .doesNotContain(java.util.HexFormat.of().formatHex(secret));
        SecretBox box = new SecretBox(SealedSecrets.under("a key for tests, of enough length"));
        assertThat(box.opened(kept, academy.id("hidden"))).contains(secret);
        assertThat(box.opened(kept, academy.id("student"))).isEmpty();
        assertThat(new SecretBox(SealedSecrets.under("another key, of enough length too"))
                        .opened(kept, academy.id("hidden")))
                .isEmpty();
    }

    @Test
    void switchingItOnEndsTheOtherSessions() {
        ApiClient here = academy.newStudent("mover");
        academy.owner()
                .execute(
                        "select identity.open_session(sha256('elsewhere'), ?, 'student', interval '1 hour', 'test', null)",
                        academy.id("mover"));
        Authenticator.enable(academy, here);
        assertThat(here.get("/me/second-factor").status()).isEqualTo(200);
        assertThat(academy.owner().fetch("select from identity.session_of(sha256('elsewhere'))"))
                .isEmpty();
    }

    @Test
    void aSecondOneNeedsTheFirstRemoved() {
        Authenticator one = enabled("twofold");
        assertThat(one.client().post("/me/second-factor", PASSWORD).problem()).isEqualTo("second-factor-on");
        assertThat(one.client()
                        .post("/me/second-factor/removal", code(now(one.secret(), 1)))
                        .problem())
                .as("a code alone")
                .isEqualTo("proof-needed");
        assertThat(one.client()
                        .post("/me/second-factor/removal", removal("111111111"))
                        .problem())
                .isEqualTo("wrong-second-factor");
        assertThat(one.client()
                        .post("/me/second-factor/removal", removal(now(one.secret(), 1)))
                        .status())
                .isEqualTo(204);
        assertThat(one.client().post("/me/second-factor", PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void nothingIsConfirmedWithoutASetUp() {
        ApiClient nobody = academy.newStudent("hasty");
        assertThat(nobody.put("/me/second-factor", code("123456")).problem()).isEqualTo("no-second-factor");
        assertThat(nobody.post("/me/second-factor/recovery-codes", code("123456"))
                        .problem())
                .isEqualTo("no-second-factor");
    }

    @Test
    void aHundredConfirmationsAreOne() {
        ApiClient racer = academy.newStudent("racer");
        byte[] secret = secret(racer.post("/me/second-factor", PASSWORD));
        String code = code(now(secret, 0));
        List<Answer> answers = Together.times(100, _ -> racer.put("/me/second-factor", code));
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() != 200)
                        .map(Answer::problem)
                        .distinct())
                .containsOnly("no-second-factor");
    }

    @Test
    void aCodeOfTheAppIsGoodOnce() {
        Authenticator one = enabled("spender");
        onlyOneCounts(one, now(one.secret(), 1));
    }

    @Test
    void aRecoveryCodeIsGoodOnce() {
        Authenticator one = enabled("loser");
        onlyOneCounts(one, one.recoveryCodes().getFirst().toUpperCase(java.util.Locale.ROOT));
        assertThat(one.client()
                        .get("/me/second-factor")
                        .json()
                        .path("recovery_codes_left")
                        .asInt())
                .as("new ones, all of them")
                .isEqualTo(10);
    }

    private static void onlyOneCounts(Authenticator one, String code) {
        List<Answer> answers =
                Together.times(100, _ -> one.client().post("/me/second-factor/recovery-codes", code(code)));
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() != 201)
                        .map(Answer::problem)
                        .distinct())
                .isSubsetOf("wrong-second-factor", "too-many-requests", "try-again");
    }

    @Test
    void guessingIsSlowedAndNotForgotten() {
        Authenticator one = enabled("guessed");
        List<String> guesses = java.util.stream.IntStream.range(0, 6)
                .mapToObj(n -> one.client().post("/me/second-factor/removal", removal("77777777" + n)))
                .map(Answer::problem)
                .toList();
        assertThat(guesses).startsWith("wrong-second-factor").endsWith("too-many-requests");
        assertThat(academy.as("guessed", "student")
                        .post("/me/second-factor/removal", removal(now(one.secret(), 1)))
                        .problem())
                .as("from elsewhere too, with the right code")
                .isEqualTo("too-many-requests");
    }

    @Test
    void staffWithoutOneOnlySetsOneUp() {
        academy.person("chief", "admin");
        ApiClient chief = academy.as("chief", "admin");
        try {
            assertThat(academy.as("admin")
                            .patch("/settings", "{\"second_factor_required_for_staff\": true}")
                            .status())
                    .isEqualTo(200);
            assertThat(chief.get("/settings").problem()).isEqualTo("second-factor-needed");
            assertThat(chief.get("/me/second-factor").json().path("required").asBoolean())
                    .isTrue();
            assertThat(academy.as("student")
                            .get("/me/second-factor")
                            .json()
                            .path("required")
                            .asBoolean())
                    .isFalse();
            Authenticator one = Authenticator.enable(academy, chief);
            assertThat(chief.get("/settings").status()).isEqualTo(200);
            assertThat(chief.post("/me/second-factor/removal", removal(now(one.secret(), 1)))
                            .status())
                    .isEqualTo(204);
            assertThat(chief.get("/settings").problem()).isEqualTo("second-factor-needed");
        } finally {
            academy.loader(
                    "update platform.settings set value = 'false' where name = 'second_factor_required_for_staff'");
        }
        assertThat(chief.get("/settings").status()).isEqualTo(200);
    }

    @Test
    void theSignInPageAsksForIt() {
        Authenticator one = enabled("reader");
        Browser browser = academy.browser();
        browser.get("/sign-in");
        Browser.Answer asked = signIn(browser, "");
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.page().select("input[name=code]")).hasSize(1);
        assertThat(browser.cookie(SessionCookie.NAME)).isEmpty();
        assertThat(signIn(browser, "999999999").status()).isEqualTo(422);
        String code = now(one.secret(), 1);
        assertThat(signIn(browser, code).location()).isEqualTo("/");
        assertThat(signIn(academy.browser(), code).status())
                .as("the same code again")
                .isEqualTo(422);
    }

    private static Browser.Answer signIn(Browser browser, String code) {
        browser.get("/sign-in");
        return browser.post(
                "/sign-in",
                java.util.Map.of("email", "reader@academy.example", "password", ApiAcademy.PASSWORD, "code", code));
    }

    private static Authenticator enabled(String who) {
        return Authenticator.enable(
                academy,
                academy.newStudent(who)
                        .with("X-Forwarded-For", "2001:db8:0:" + Integer.toHexString(who.hashCode() & 0xffff) + "::1"));
    }

    private static Object gatekeeper(String query) {
        return academy.owner().transactionResult(transaction -> {
            transaction.dsl().execute("set local role techcourse_gatekeeper");
            return transaction.dsl().fetchValue(query);
        });
    }

    private static String code(String code) {
        return "{\"code\": \"" + code + "\"}";
    }

    private static String removal(String code) {
        return "{\"code\": \"" + code + "\", \"password\": \"" + ApiAcademy.PASSWORD + "\"}";
    }

    private static byte[] secret(Answer setUp) {
        return Authenticator.secret(setUp.json().path("secret").asString());
    }

    private static String now(byte[] secret, int later) {
        return Authenticator.code(academy, secret, later);
    }
}
