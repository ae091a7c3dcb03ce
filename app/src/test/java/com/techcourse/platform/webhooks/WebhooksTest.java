package com.techcourse.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.techcourse.platform.web.WebServer;
import com.techcourse.platform.webhooks.Receiver.Message;
import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.Eventually;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two nodes tell receivers on this machine what happens. */
class WebhooksTest {

    private static final Map<String, Object> SETTINGS = Map.of(
            "techcourse.secret-key",
            "a key for tests, of enough length",
            "techcourse.webhooks-to-loopback",
            "true",
            "techcourse.webhook-first-retry",
            "20ms");

    private static ApiAcademy academy;
    private static WebServer secondNode;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start(SETTINGS);
        secondNode = WebServer.start(
                CompletableFuture.completedFuture(academy.database().database()), 0, SETTINGS);
        admin = academy.as("admin");
    }

    @AfterAll
    static void close() {
        secondNode.close();
        academy.close();
    }

    @Test
    void everyFactIsToldOnceSignedAndInItsSchema() throws Exception {
        try (Receiver receiver = new Receiver(() -> 204)) {
            JsonNode added = added(receiver, everyTopic());
            String secret = added.path("secret").asString();
            life("one");
            List<String> expected = List.of(
                    "user.created.v1",
                    "enrollment.created.v1",
                    "lesson.completed.v1",
                    "course.completed.v1",
                    "attempt.submitted.v1",
                    "attempt.graded.v1",
                    "review.posted.v1",
                    "enrollment.ended.v1",
                    "course.price_changed.v1",
                    "course.archived.v1");
            Eventually.isTrue("all are told", () -> topics(receiver).containsAll(expected));
            Eventually.isTrue("and noted", () -> waiting(added) == 0);
            assertThat(receiver.messages.stream().map(Message::id)).doesNotHaveDuplicates();
            Map<String, JsonNode> schemas = schemas();
            for (Message message : receiver.messages) {
                assertThat(message.signature()).isEqualTo(signature(secret, message));
                assertThat(message.json().path("id").asString()).isEqualTo(message.id());
                String topic = message.json().path("type").asString();
                assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                                .getSchema(String.valueOf(schemas.get(topic)), InputFormat.JSON)
                                .validate(message.json().path("data").toString(), InputFormat.JSON))
                        .as(topic)
                        .isEmpty();
                assertThat(message.body()).doesNotContain("academy.example").doesNotContain("Person");
            }
            remove(added);
        }
    }

    @Test
    void whatFailedIsSentAgainAndTheLogSaysHow() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (Receiver receiver = new Receiver(() -> calls.incrementAndGet() < 3 ? 503 : 200)) {
            JsonNode added = added(receiver, "\"webhook.ping.v1\"");
            String path = path(added);
            String event =
                    admin.post(path + "/ping", "").json().path("event_id").asString();
            Eventually.isTrue("delivered", () -> delivered(added) == 1);
            assertThat(receiver.messages)
                    .hasSize(3)
                    .allMatch(message -> message.id().equals(event));
            JsonNode tries =
                    admin.get(path + "/deliveries/" + event + "/tries").json().path("items");
            assertThat(tries).hasSize(3);
            assertThat(tries.path(0).path("status").asInt()).isEqualTo(200);
            assertThat(tries.path(1).path("status").asInt()).isEqualTo(503);
            assertThat(admin.post(path + "/deliveries/" + event + "/replay", "").status())
                    .isEqualTo(202);
            Eventually.isTrue("sent again", () -> receiver.messages.size() == 4);
            Eventually.isTrue("and noted", () -> waiting(added) == 0);
            assertThat(admin.post(
                                    path + "/replay",
                                    "{\"from\": \"2020-01-01T00:00:00Z\", \"until\": \"2090-01-01T00:00:00Z\"}")
                            .json()
                            .path("deliveries")
                            .asInt())
                    .isPositive();
            remove(added);
        }
    }

    @Test
    void aHangingReceiverHoldsUpNobodyElse() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try (Receiver hanging = new Receiver(() -> {
                    awaitQuietly(released);
                    return 200;
                });
                Receiver quick = new Receiver(() -> 200)) {
            JsonNode slow = added(hanging, "\"user.created.v1\"");
            JsonNode other = added(quick, "\"user.created.v1\"");
            for (int n = 0; n < 20; n++) {
                academy.person("hanging-" + n, "student");
            }
            Eventually.isTrue("the quick one has all", () -> quick.messages.size() == 20);
            assertThat(hanging.messages).isEmpty();
            released.countDown();
            Eventually.isTrue("the other one too", () -> hanging.messages.size() >= 20);
            remove(slow);
            remove(other);
        }
    }

    @Test
    void aRolledBackFactIsNeverTold() throws Exception {
        try (Receiver receiver = new Receiver(() -> 200)) {
            JsonNode added = added(receiver, "\"user.created.v1\"");
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> academy.loader("""
                    insert into identity.users (email, display_name) values ('never@academy.example', 'Never');
                    select 1 / 0
                    """));
            academy.person("told", "student");
            Eventually.isTrue("the next one is told", () -> delivered(added) == 1);
            assertThat(receiver.messages).hasSize(1);
            remove(added);
        }
    }

    @Test
    void aNewSecretSignsBesideTheOldOneForADay() throws Exception {
        try (Receiver receiver = new Receiver(() -> 200)) {
            JsonNode added = added(receiver, "\"webhook.ping.v1\"");
            String fresh = admin.post(path(added) + "/secret", "")
                    .json()
                    .path("secret")
                    .asString();
            admin.post(path(added) + "/ping", "");
            Eventually.isTrue("told", () -> receiver.messages.size() == 1);
            try (Sql app = Sql.connect(academy.database().appUrl())) {
                Refusal.by("42501", () -> app.run("select secret from platform.webhook_secrets"));
            }
            Message message = receiver.messages.getFirst();
            assertThat(message.signature().split(" "))
                    .containsExactly(
                            signature(fresh, message),
                            signature(added.path("secret").asString(), message));
            remove(added);
        }
    }

    @Test
    void whoIsGoneIsSentNothingMore() throws Exception {
        try (Receiver receiver = new Receiver(() -> 410)) {
            JsonNode added = added(receiver, "\"webhook.ping.v1\"");
            admin.post(path(added) + "/ping", "");
            Eventually.isTrue("disabled", () -> admin.get(path(added)).json().has("disabled_at"));
            JsonNode again = admin.patch(path(added), "{\"active\": true}").json();
            assertThat(again.has("disabled_at")).isFalse();
            remove(added);
        }
    }

    @Test
    void theDatabaseKeepsNoSecretInTheClear() throws Exception {
        try (Receiver receiver = new Receiver(() -> 200)) {
            JsonNode added = added(receiver, "\"webhook.ping.v1\"");
            byte[] secret =
                    Base64.getDecoder().decode(added.path("secret").asString().replaceFirst("^whsec_", ""));
            byte[] kept = academy.owner().transactionResult(transaction -> {
                transaction.dsl().execute("set local role techcourse_gatekeeper");
                return transaction
                        .dsl()
                        .fetchSingle(
                                "select secret from platform.webhook_secrets where webhook_id = ?::uuid",
                                added.path("webhook").path("id").asString())
                        .get(0, byte[].class);
            });
            assertThat(java.util.HexFormat.of().formatHex(kept))
                    .doesNotContain(java.util.HexFormat.of().formatHex(secret));
            remove(added);
        }
    }

    @Test
    void onlyAdminsKeepReceiversOfKnownEventsElsewhere() {
        String good = "{\"url\": \"https://example.org/\", \"topics\": [\"user.created.v1\"]}";
        assertThat(academy.as("instructor").post("/webhooks", good).problem()).isEqualTo("forbidden");
        assertThat(admin.post("/webhooks", good.replace("user.created.v1", "user.created.v9"))
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(admin.post("/webhooks", good.replace("https://example.org", "http://example.org"))
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(admin.post("/webhooks", good.replace("example.org", "user:secret@example.org"))
                        .problem())
                .isEqualTo("invalid-value");
        for (String inside :
                List.of("10.0.0.1", "169.254.169.254", "192.168.1.9:8443", "0.0.0.0", "[fd00::1]", "[::]")) {
            assertThat(admin.post("/webhooks", good.replace("example.org", inside))
                            .problem())
                    .as(inside)
                    .isEqualTo("invalid-value");
        }
        assertThat(admin.post("/webhooks", good.replace("[\"user.created.v1\"]", "[]"))
                        .problem())
                .isEqualTo("invalid-value");
        assertThat(admin.get("/webhooks/" + academy.id("nobody")).problem()).isEqualTo("not-found");
        JsonNode added = admin.post("/webhooks", good).json();
        assertThat(admin.get("/webhooks").body())
                .doesNotContain(added.path("secret").asString());
        remove(added);
    }

    /** Somebody signs up, enrols, learns, is graded, reviews and leaves; a course changes its price and closes. */
    private static void life(String who) {
        academy.person(who, "student");
        academy.loader("""
                insert into learning.enrollments (student_id, course_id) values ('%1$s', '%2$s');
                insert into learning.lesson_progress (student_id, lesson_id, course_id, completed_at) values ('%1$s', '%3$s', '%2$s', clock_timestamp());
                insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
                values ('%1$s', '%4$s', 1, '%2$s', 1, 3, date_trunc('second', now()), '%1$s');
                insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no, passing_score)
                select s.student_id, s.started_at, s.attempt_id, s.quiz_id, 1, s.course_id, '%5$s', 1, 50 from learning.attempt_slots s where s.student_id = '%1$s';
                update learning.attempts set status = 'graded', score = 75, submitted_at = clock_timestamp(), graded_at = clock_timestamp() where student_id = '%1$s';
                update learning.enrollments set completed_at = clock_timestamp() where student_id = '%1$s';
                insert into learning.reviews (student_id, course_id, rating) values ('%1$s', '%2$s', 5);
                update learning.enrollments set ended_at = clock_timestamp(), end_reason = 'withdrawn' where student_id = '%1$s';
                update catalog.courses set price = 51, status = 'archived' where slug = 'paid-course'
                """.formatted(
                        academy.id(who),
                        academy.id("free-course"),
                        academy.id("free-course/first"),
                        academy.id("free-course/quiz"),
                        academy.id("instructor")));
    }

    private static JsonNode added(Receiver receiver, String topics) {
        ApiClient.Answer answer =
                admin.post("/webhooks", "{\"url\": \"" + receiver.url() + "\", \"topics\": [" + topics + "]}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    private static void remove(JsonNode added) {
        assertThat(admin.delete(path(added)).status()).isEqualTo(204);
    }

    private static String path(JsonNode added) {
        return "/webhooks/" + added.path("webhook").path("id").asString();
    }

    private static int waiting(JsonNode added) {
        return admin.get(path(added) + "/deliveries?state=waiting")
                .json()
                .path("items")
                .size();
    }

    private static int delivered(JsonNode added) {
        return admin.get(path(added) + "/deliveries?state=delivered")
                .json()
                .path("items")
                .size();
    }

    private static List<String> topics(Receiver receiver) {
        return receiver.messages.stream()
                .map(message -> message.json().path("type").asString())
                .toList();
    }

    private static Map<String, JsonNode> schemas() {
        Map<String, JsonNode> schemas = new java.util.HashMap<>();
        academy.visitor()
                .get("/webhook-events")
                .json()
                .path("items")
                .forEach(event -> schemas.put(event.path("topic").asString(), event.path("schema")));
        return schemas;
    }

    private static String everyTopic() {
        return schemas().keySet().stream()
                .map(topic -> '"' + topic + '"')
                .collect(java.util.stream.Collectors.joining(","));
    }

    private static String signature(String secret, Message message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
        byte[] signed =
                (message.id() + "." + message.timestamp() + "." + message.body()).getBytes(StandardCharsets.UTF_8);
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
