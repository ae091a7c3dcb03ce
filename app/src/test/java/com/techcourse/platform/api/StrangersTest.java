package com.techcourse.platform.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.ApiContract.Operation;
import com.techcourse.testing.SampleBodies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of the document that names something, called on somebody else's thing by another of the same role:
 * it is refused with the very answer that a thing gets which is not there, and nothing changes.
 */
class StrangersTest {

    private static final String NOWHERE = "00000000-0000-7000-8000-000000000000";
    private static final Pattern PARAMETER = Pattern.compile("/([a-z-]+)/\\{([^}]+)}");

    /** Who may see the academy's things whoever they belong to. */
    private static final Set<String> SEES_ALL = Set.of("admin", "accountant", "marketing", "analyst", OpenTo.EVERYONE);

    /** Not there, not enrolled in it, or a list of what one has of it: none. */
    private static final Pattern NOTHING =
            Pattern.compile("200 |404 not-found|403 not-enrolled|200 \\{\"(items|statements)\":\\[](,\"more\":\"\")?}");

    private static final String QUESTION =
            "{\"id\": \"q1\", \"type\": \"true_false\", \"text\": \"Is it so?\", \"points\": 1, \"answer\": true}";

    private static ApiAcademy academy;
    private static SampleBodies bodies;

    /** Things of student and instructor, by the path segment before them. */
    private static Map<String, String> things;

    @BeforeAll
    static void open() {
        academy = ApiAcademy.start();
        bodies = new SampleBodies(
                academy.contract().json(),
                RandomGeneratorFactory.of("L64X128MixRandom").create(7));
        things = new HashMap<>(Map.of(
                "enrollments", id("free-course"),
                "courses", id("draft-course"),
                "instructors", id("instructor"),
                "students", id("student"),
                "sections", id("draft-course/section"),
                "lessons", id("draft-course/first"),
                "quizzes", id("draft-course/quiz"),
                "answers", "q1",
                "grades", "q1",
                "versions", "1"));
        ofTheStudent(academy.as("student"));
        ofTheInstructor(academy.as("instructor"));
        ofTheBooks();
        ofTheBuyer(academy.as("student"));
        ofTheTeam(academy.as("student"));
    }

    /** Seats of the gift that was paid above, and an organisation. */
    private static void ofTheTeam(ApiClient student) {
        String organisation = made(student.post("/organisations", "{\"name\": \"Team\"}"));
        things.put("organisations", organisation);
        know("managers", "select id from sales.organisation_managers");
        know("seats", "select id from sales.seats");
    }

    private static void ofTheStudent(ApiClient student) {
        student.post("/enrollments", "{\"course_id\": \"%s\"}".formatted(id("free-course")));
        student.put("/enrollments/" + id("free-course") + "/review", "{\"rating\": 4, \"body\": \"Well told.\"}");
        know("reviews", "select id from learning.reviews");
        String attempt = made(student.post("/quizzes/" + id("free-course/quiz") + "/attempts", ""));
        things.put("attempts", attempt);
        student.put("/attempts/" + attempt + "/answers/q1", "{\"answer\": true, \"revision\": 0}");
        student.post("/attempts/" + attempt + "/submission", "");
        for (String lesson : List.of("first", "second")) {
            student.put(
                    "/enrollments/" + id("free-course") + "/lessons/" + id("free-course/" + lesson) + "/progress",
                    "{\"completed\": true, \"position_seconds\": 0}");
        }
        know("certificates", "select number from learning.certificates");
        things.put(
                "tokens",
                made(student.post(
                        "/me/tokens",
                        "{\"name\": \"laptop\", \"scopes\": [\"learning:read\"], \"expires_in_days\": 3}")));
        things.put(
                "role-requests",
                made(student.post("/me/role-requests", "{\"motivation\": \"I have taught for years.\"}")));
        academy.owner()
                .execute(
                        "insert into identity.external_identities (issuer, subject, user_id) values ('https://login.example', '1', ?)",
                        academy.id("student"));
        things.put(
                "orders",
                made(student.with("Idempotency-Key", "the-students-order")
                        .post("/orders", "{\"courses\": [{\"course_id\": \"%s\"}]}".formatted(id("paid-course")))));
        know("identities", "select id from identity.external_identities");
        know("sessions", "select id from identity.sessions where user_id = '" + id("student") + "'");
    }

    private static void ofTheInstructor(ApiClient instructor) {
        things.put("question-bank", made(instructor.post("/studio/question-bank", """
                {"question": {"type": "true_false", "text": "Is it so?", "points": 1, "answer": true}}""")));
        things.put(
                "regrades",
                instructor
                        .post(
                                "/studio/quizzes/" + things.get("quizzes") + "/regrades?preview=false",
                                "{\"question\": " + QUESTION + ", \"reason\": \"A wrong key\"}")
                        .json()
                        .path("id")
                        .asString());
        instructor.put(
                "/studio/lessons/" + id("draft-course/first") + "/draft", "{\"markdown\": \"# New\", \"revision\": 1}");
        things.put(
                "attachments",
                made(instructor.send(
                        "POST",
                        "/studio/lessons/" + id("draft-course/first") + "/attachments?file_name=a.txt",
                        new byte[] {'a'},
                        "application/octet-stream")));
    }

    /** A payment that waits for the buyer. */
    private static void ofTheBuyer(ApiClient student) {
        String order = things.computeIfAbsent(
                "orders",
                _ -> made(student.with("Idempotency-Key", "the-buyers-order")
                        .post("/orders", "{\"courses\": [{\"course_id\": \"%s\"}]}".formatted(id("paid-course")))));
        things.put(
                "payments",
                made(student.with("Idempotency-Key", "the-buyers-payment")
                        .post(
                                "/orders/" + order + "/payments",
                                "{\"card\": \"4000002500003155\", \"return_url\": \"/my-learning\"}")));
    }

    private static void ofTheBooks() {
        academy.loader("""
                insert into sales.payouts (instructor_id, period_start, period_end, amount, currency)
                values ('%s', '2026-01-01', '2026-02-01', 12, 'EUR')
                """.formatted(id("instructor")));
        know("payouts", "select id from sales.payouts");
        academy.loader("""
                insert into sales.orders (student_id, id, currency, purpose)
                values ('%1$s', platform.uuid_v7_of('2026-01-01Z', 'invoiced'), 'EUR', 'gift');
                insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, currency, instructor_share)
                select o.student_id, o.id, c.id, c.instructor_id, c.price, c.currency, 0.7
                  from sales.orders o, catalog.courses c where o.purpose = 'gift' and c.slug = 'paid-course';
                insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
                select student_id, id, total_amount, currency, 'captured', 'demo', 'invoiced', now()
                  from sales.orders where purpose = 'gift'
                """.formatted(id("student")));
        academy.owner().fetchValue("select sales.number_invoices('-infinity', 10, null)");
        know("invoices", "select number from sales.invoices");
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    @Test
    void somebodyElsesThingIsNotThere() {
        List<String> told = new ArrayList<>();
        String before = everything();
        int calls = 0;
        for (Operation operation : academy.contract().operations()) {
            if (!operation.path().contains("{") || operation.openTo().contains(OpenTo.EVERYONE)) {
                continue;
            }
            for (String role : callers(operation)) {
                ApiClient stranger = academy.as(role.equals("student") ? "other" : "colleague")
                        .with("If-Match", "\"1\"", "Idempotency-Key", "stranger-" + calls);
                String body = body(operation);
                Answer real = stranger.send(operation.method(), path(operation, false), body);
                Answer none = stranger.send(operation.method(), path(operation, true), body);
                calls++;
                if (!told(real).equals(told(none))
                        || !NOTHING.matcher(told(real)).matches()) {
                    told.add(role + " " + operation.method() + " " + operation.path() + " " + told(real)
                            + ", and where nothing is " + told(none));
                }
            }
        }
        assertThat(told).isEmpty();
        assertThat(calls).isGreaterThan(60);
        assertThat(everything()).isEqualTo(before);
    }

    /** Or else the test above would prove nothing. */
    @Test
    void theirOwnersFindThem() {
        List<String> missed = new ArrayList<>();
        for (Operation operation : academy.contract().operations()) {
            boolean named = operation.path().contains("{") && operation.method().equals("GET");
            for (String role :
                    named && !operation.openTo().contains(OpenTo.EVERYONE) ? callers(operation) : List.<String>of()) {
                Answer answer = academy.as(role).get(path(operation, false));
                if (answer.status() != 200) {
                    missed.add(role + " " + operation.path() + " " + answer);
                }
            }
        }
        assertThat(missed).isEmpty();
    }

    private static List<String> callers(Operation operation) {
        if (operation.openTo().contains(OpenTo.SIGNED_IN)) {
            return List.of("student", "instructor");
        }
        return operation.openTo().stream()
                .filter(role -> !SEES_ALL.contains(role))
                .toList();
    }

    private static @Nullable String body(Operation operation) {
        JsonNode schema = bodies.schema(operation);
        return switch (operation.path().substring(Api.PREFIX.length())) {
            case "/studio/quizzes/{id}/regrades" -> "{\"question\": " + QUESTION + ", \"reason\": \"A wrong key\"}";
            case "/studio/courses/{id}" -> "{\"title\": \"Mine now\"}";
            default -> schema.isMissingNode() ? null : bodies.of(schema).toString();
        };
    }

    /** What an answer says, but for its number and its path; a list by what is in it. */
    private static String told(Answer answer) {
        return answer.status() + " " + (answer.status() == 200 ? answer.body() : answer.problem());
    }

    private static String path(Operation operation, boolean nowhere) {
        Matcher parameter = PARAMETER.matcher(operation.path().substring(Api.PREFIX.length()));
        return parameter.replaceAll(found -> {
                    boolean enrolled = operation.path().contains("/enrollments/")
                            && found.group(1).equals("lessons");
                    String thing = requireNonNull(
                            enrolled ? id("free-course/second") : things.get(found.group(1)),
                            () -> "Put a thing for {" + found.group(2) + "} of " + operation.path()
                                    + " into this test");
                    boolean id = thing.length() == NOWHERE.length();
                    return "/" + found.group(1) + "/" + (nowhere && id ? NOWHERE : thing);
                })
                + query(operation);
    }

    private static String query(Operation operation) {
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.description().path("parameters")) {
            if (parameter.path("in").asString().equals("query")
                    && parameter.path("required").asBoolean(false)) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.path("name").asString())
                        .append('=')
                        .append(parameter.path("example").asString("1"));
            }
        }
        return query.toString();
    }

    private static String everything() {
        StringBuilder all = new StringBuilder();
        for (String table : academy.owner().fetch("""
                select format('%I.%I', n.nspname, c.relname)
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('catalog', 'learning')
                 order by 1
                """).getValues(0, String.class)) {
            all.append(table)
                    .append(' ')
                    .append(academy.owner()
                            .fetchValue("select md5(string_agg(t::text, '|' order by t::text)) from " + table + " t"))
                    .append('\n');
        }
        return all.toString();
    }

    private static String made(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
        JsonNode json = answer.json();
        return json.has("id")
                ? json.path("id").asString()
                : json.path("token").path("id").asString();
    }

    private static String id(String name) {
        return academy.id(name).toString();
    }

    private static void know(String segment, String query) {
        things.put(segment, String.valueOf(academy.owner().fetchValue(query)));
    }
}
