package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing up, proving an address, signing in and out, and what to do about a forgotten password. */
class AccountsApiTest {

    private static final String PASSWORD = "a long enough secret";
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
    void aNewPersonBecomesAStudent() {
        assertThat(signUp("ada@example.org").status()).isEqualTo(202);
        assertThat(signIn("ada@example.org", PASSWORD).problem()).isEqualTo("wrong-sign-in");
        assertThat(verify(link("ada@example.org", "verify")).status()).isEqualTo(201);
        Answer session = signIn("ADA@example.org", PASSWORD);
        assertThat(session.status()).isEqualTo(201);
        assertThat(session.json().path("role").asString()).isEqualTo("student");
        ApiClient ada = academy.visitor().signedInBy(session);
        assertThat(ada.get("/me").json().path("email").asString()).isEqualTo("ada@example.org");
        assertThat(ada.patch("/me", "{\"country\": \"GB\"}")
                        .json()
                        .path("country")
                        .asString())
                .isEqualTo("GB");
        assertThat(ada.patch("/me", "{\"country\": \"Britain\"}").status()).isEqualTo(422);
        assertThat(ada.delete("/session").status()).isEqualTo(204);
        assertThat(ada.get("/me").status()).isEqualTo(401);
    }

    @Test
    void theAnswerIsTheSameForAKnownAddress() {
        Answer known = signUp("student@academy.example");
        Answer unknown = signUp("nobody-knows@example.org");
        assertThat(known.status()).isEqualTo(unknown.status());
        assertThat(known.bytes()).isEqualTo(unknown.bytes());
        assertThat(letters("student@academy.example", "account-exists")).isEqualTo(1);
        assertThat(reset("student@academy.example").status())
                .isEqualTo(reset("unheard-of@example.org").status());
        assertThat(letters("unheard-of@example.org", "reset-password")).isZero();
    }

    @Test
    void aHundredClicksOnOneLinkMakeOneAccount() throws Exception {
        signUp("clicker@example.org");
        String token = link("clicker@example.org", "verify");
        List<Answer> answers = together(100, () -> verify(token));
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() != 201)
                        .map(Answer::problem)
                        .distinct())
                .containsOnly("link-not-usable");
        assertThat(academy.owner().fetch("select from identity.users where email::text = 'clicker@example.org'"))
                .hasSize(1);
    }

    @Test
    void aHundredClicksOnTheLinksOfSeveralSignUpsMakeOneAccount() throws Exception {
        for (int n = 0; n < 4; n++) {
            assertThat(signUp("wanted@example.org").status()).isEqualTo(202);
        }
        List<String> tokens = academy.owner().fetch("""
                        select substring(details ->> 'link' from '/verify/([A-Za-z0-9_-]{43})') from identity.waiting_mails()
                         where recipient = 'wanted@example.org'
                        """).getValues(0, String.class);
        assertThat(tokens).hasSizeGreaterThan(1);
        java.util.concurrent.atomic.AtomicInteger next = new java.util.concurrent.atomic.AtomicInteger();
        List<Answer> answers = together(100, () -> verify(tokens.get(next.getAndIncrement() % tokens.size())));
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(academy.owner().fetch("select from identity.users where email::text = 'wanted@example.org'"))
                .hasSize(1);
        assertThat(academy.owner()
                        .fetchValue("select deadlocks from pg_stat_database where datname = current_database()"))
                .as("pairs that waited for each other")
                .isEqualTo(0L);
    }

    @Test
    void twoSignUpsForOneAddressMakeOneAccount() {
        signUp("twice@example.org");
        String first = link("twice@example.org", "verify");
        signUp("twice@example.org");
        String second = link("twice@example.org", "verify");
        assertThat(first).isNotEqualTo(second);
        assertThat(verify(second).status()).isEqualTo(201);
        assertThat(verify(first).problem()).isEqualTo("link-not-usable");
    }

    @Test
    void weakPasswordsAreRefused() {
        for (String weak : List.of("short", "1234567890", "aaaaaaaaaaaaaa", "weak@example.org")) {
            Answer answer = academy.visitor().post("/sign-ups", signUpBody("weak@example.org", weak));
            assertThat(answer.problem()).isEqualTo("invalid-value");
            assertThat(answer.json().path("field").asString()).isEqualTo("password");
        }
    }

    @Test
    void whatIsNoAddressIsRefused() {
        assertThat(signUp("no-address").status()).isEqualTo(422);
        assertThat(signUp("two@at@signs").status()).isEqualTo(422);
    }

    @Test
    void aForgottenPasswordIsReplacedOnceAndEndsEverySession() throws Exception {
        academy.person("forgetful", "student");
        ApiClient before = academy.as("forgetful");
        reset("forgetful@academy.example");
        String token = link("forgetful@academy.example", "reset-password");
        List<Answer> answers = together(
                20,
                () -> academy.visitor().put("/password-resets/" + token, "{\"password\": \"another long secret\"}"));
        assertThat(answers.stream().filter(answer -> answer.status() == 204)).hasSize(1);
        assertThat(before.get("/me").status()).isEqualTo(401);
        assertThat(signIn("forgetful@academy.example", ApiAcademy.PASSWORD).status())
                .isEqualTo(401);
        assertThat(signIn("forgetful@academy.example", "another long secret").status())
                .isEqualTo(201);
        assertThat(letters("forgetful@academy.example", "password-changed")).isEqualTo(1);
    }

    @Test
    void aChangedPasswordKeepsOnlyThisSession() {
        academy.person("careful", "student");
        ApiClient elsewhere = academy.as("careful", "student");
        ApiClient here = academy.visitor().signedInBy(signIn("careful@academy.example", ApiAcademy.PASSWORD));
        String body = "{\"old_password\": \"%s\", \"new_password\": \"a newer long secret\"}";
        assertThat(here.put("/me/password", body.formatted("wrong")).problem()).isEqualTo("wrong-sign-in");
        assertThat(here.put("/me/password", body.formatted(ApiAcademy.PASSWORD)).status())
                .isEqualTo(204);
        assertThat(here.get("/me").status()).isEqualTo(200);
        assertThat(elsewhere.get("/me").status()).isEqualTo(401);
    }

    @Test
    void anAddressIsChangedAtTheNewOneAndToldToTheOldOne() {
        academy.person("mover", "student");
        ApiClient mover = academy.as("mover");
        String body = "{\"new_email\": \"%s\", \"password\": \"" + ApiAcademy.PASSWORD + "\"}";
        assertThat(mover.post("/me/email-changes", body.formatted("moved@example.net"))
                        .status())
                .isEqualTo(202);
        assertThat(letters("mover@academy.example", "email-change-asked")).isEqualTo(1);
        assertThat(mover.get("/me").json().path("email").asString()).isEqualTo("mover@academy.example");
        String token = link("moved@example.net", "confirm-email");
        assertThat(academy.visitor()
                        .post("/email-changes", "{\"token\": \"" + token + "\"}")
                        .status())
                .isEqualTo(204);
        assertThat(mover.get("/me").json().path("email").asString()).isEqualTo("moved@example.net");
        assertThat(mover.post("/me/email-changes", body.formatted("student@academy.example"))
                        .status())
                .isEqualTo(202);
        assertThat(letters("student@academy.example", "confirm-email")).isZero();
    }

    @Test
    void onesSessionsAreListedAndEnded() {
        academy.person("roamer", "student");
        ApiClient here = academy.visitor().signedInBy(signIn("roamer@academy.example", ApiAcademy.PASSWORD));
        ApiClient there = academy.visitor().signedInBy(signIn("roamer@academy.example", ApiAcademy.PASSWORD));
        var sessions = here.get("/me/sessions").json().path("items");
        assertThat(sessions).hasSize(2);
        String other = sessions.path(0).path("current").asBoolean()
                ? sessions.path(1).path("id").asString()
                : sessions.path(0).path("id").asString();
        assertThat(academy.as("student").delete("/me/sessions/" + other).status())
                .isEqualTo(404);
        assertThat(here.delete("/me/sessions/" + other).status()).isEqualTo(204);
        assertThat(there.get("/me").status()).isEqualTo(401);
        assertThat(here.delete("/me/sessions").status()).isEqualTo(204);
        assertThat(here.get("/me").status()).isEqualTo(401);
    }

    @Test
    void oneActsAsOneRoleAtATime() {
        academy.person("versatile", "student");
        academy.loader("insert into identity.user_roles (user_id, role) values ('" + academy.id("versatile")
                + "', 'accountant')");
        ApiClient student = academy.visitor().signedInBy(signIn("versatile@academy.example", ApiAcademy.PASSWORD));
        assertThat(student.put("/session/role", "{\"role\": \"admin\"}").status())
                .isEqualTo(403);
        Answer changed = student.put("/session/role", "{\"role\": \"accountant\"}");
        assertThat(changed.json().path("role").asString()).isEqualTo("accountant");
        assertThat(student.get("/me").status()).isEqualTo(401);
        assertThat(academy.visitor()
                        .signedInBy(changed)
                        .get("/me")
                        .json()
                        .path("role")
                        .asString())
                .isEqualTo("accountant");
    }

    @Test
    void guessingIsSlowedAndNotForgotten() {
        academy.person("guessed", "student");
        ApiClient guesser = academy.visitor().with("X-Forwarded-For", "203.0.113.99");
        Answer last = guess(guesser);
        for (int n = 0; n < 6; n++) {
            last = guess(guesser);
        }
        assertThat(last.problem()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
    }

    @Test
    void aCookieAloneMovesNothing() {
        assertThat(academy.as("other")
                        .with("X-CSRF-Token", "x")
                        .patch("/me", "{\"bio\": \"moved\"}")
                        .problem())
                .isEqualTo("csrf-token-missing");
    }

    private static Answer guess(ApiClient guesser) {
        return guesser.post("/session", "{\"email\": \"guessed@academy.example\", \"password\": \"a wrong one\"}");
    }

    private static Answer signUp(String email) {
        return academy.visitor().post("/sign-ups", signUpBody(email, PASSWORD));
    }

    private static String signUpBody(String email, String password) {
        return "{\"email\": \"%s\", \"password\": \"%s\", \"display_name\": \"Somebody New\"}"
                .formatted(email, password);
    }

    private static Answer signIn(String email, String password) {
        return academy.visitor()
                .post("/session", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
    }

    private static Answer verify(String token) {
        return academy.visitor().post("/email-verifications", "{\"token\": \"" + token + "\"}");
    }

    private static Answer reset(String email) {
        return academy.visitor().post("/password-resets", "{\"email\": \"" + email + "\"}");
    }

    /** The token of the newest letter to an address. */
    private static String link(String email, String page) {
        String details =
                academy.owner().fetchSingle("""
                select details::text from identity.waiting_mails() where recipient = ? and details ->> 'link' like ? limit 1
                """, email, "%/" + page + "/%").get(0, String.class);
        Matcher token = Pattern.compile("/" + page + "/([A-Za-z0-9_-]{43})").matcher(details);
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static int letters(String email, String template) {
        return academy.owner().fetchSingle("""
                select count(*)::int from identity.waiting_mails() where recipient = ? and template = ?
                """, email, template).get(0, Integer.class);
    }

    private static List<Answer> together(int callers, Callable<Answer> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = IntStream.range(0, callers)
                    .mapToObj(_ -> threads.submit(call))
                    .toList();
            return answers.stream().map(AccountsApiTest::result).collect(Collectors.toList());
        }
    }

    private static Answer result(Future<Answer> answer) {
        try {
            return answer.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
