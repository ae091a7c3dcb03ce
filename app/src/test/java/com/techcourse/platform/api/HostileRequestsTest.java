package com.techcourse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import com.techcourse.testing.ApiContract.Operation;
import com.techcourse.testing.HostileRequests;
import com.techcourse.testing.HostileRequests.Hostile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Thousands of malformed, oversized, hostile and out-of-order requests as each role: nothing fails with 5xx, nothing
 * leaks from inside, every answer keeps to the document, and afterwards no invariant is broken. More of them:
 * {@code -Dtechcourse.fuzz.requests=50000 -Dtechcourse.fuzz.seed=1}.
 */
class HostileRequestsTest {

    private static final int REQUESTS = Integer.getInteger("techcourse.fuzz.requests", 3000);
    private static final long SEED = Long.getLong("techcourse.fuzz.seed", System.nanoTime());
    private static final List<String> ROLES =
            List.of("visitor", "student", "instructor", "admin", "accountant", "marketing", "auditor", "analyst");

    /** Where a caller may sign out, change its password or role, or erase itself. */
    private static final Pattern ENDS_SESSIONS =
            Pattern.compile("/(session|sessions|me|password|second-factor|people|erasure)(/|$)");

    /** What only the inside says. */
    private static final Pattern INSIDE = Pattern.compile(
            "org\\.postgresql|PSQLException|DataAccessException|SQLSTATE|Failing row|Key \\(|com\\.techcourse\\.|"
                    + "\\bat (java|org|com)\\.|NullPointer|violates (check|foreign|unique|not-null)|\\$argon2id");

    @Test
    void nothingBreaksAndNothingLeaks() {
        System.err.println("techcourse.fuzz.seed=" + SEED + ", " + REQUESTS + " requests");
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        List<String> failures = new ArrayList<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (ApiAcademy academy = ApiAcademy.start()) {
            HostileRequests requests = new HostileRequests(academy.contract().json(), random);
            for (String name : List.of(
                    "free-course",
                    "paid-course",
                    "draft-course",
                    "free-course/quiz",
                    "paid-course/quiz",
                    "free-course/first",
                    "free-course/section",
                    "student",
                    "instructor")) {
                requests.know(academy.id(name).toString());
            }
            requests.know("free-course");
            List<Operation> operations = academy.contract().operations();
            Map<String, ApiClient> callers = new HashMap<>();
            for (int sent = 0; sent < REQUESTS && failures.size() < 20; ) {
                String role = ROLES.get(random.nextInt(ROLES.size()));
                Operation operation = operations.get(random.nextInt(operations.size()));
                if (random.nextInt(8) > 0 && !admits(operation, role)) {
                    continue;
                }
                ApiClient caller = callers.computeIfAbsent(role, key -> caller(academy, key));
                String failure = attempt(caller, requests.next(operation), requests, statuses);
                sent++;
                if (failure != null) {
                    failures.add(role + " " + failure);
                }
                if (ENDS_SESSIONS.matcher(operation.path()).find() && !role.equals("visitor") && !stillKnown(caller)) {
                    callers.remove(role);
                }
            }
            System.err.println("Answers by status: " + statuses);
            assertThat(failures).as("seed %d", SEED).isEmpty();
            nothingIsBroken(academy);
        }
    }

    private static boolean admits(Operation operation, String role) {
        List<String> door = operation.openTo();
        return door.contains(OpenTo.EVERYONE) || door.contains(OpenTo.SIGNED_IN) || door.contains(role);
    }

    /** Somebody new of this role: the one before may have erased the account. */
    private static ApiClient caller(ApiAcademy academy, String role) {
        if (role.equals("visitor")) {
            return academy.visitor();
        }
        String who = role + "-" + java.util.UUID.randomUUID().toString().substring(0, 8);
        academy.person(who, role);
        return academy.as(who, role);
    }

    private static boolean stillKnown(ApiClient caller) {
        return caller.get("/me").status() == 200;
    }

    private static @org.jspecify.annotations.Nullable String attempt(
            ApiClient caller, Hostile hostile, HostileRequests requests, Map<Integer, Integer> statuses) {
        String what = hostile.method() + " " + hostile.path() + " "
                + (hostile.body() == null
                        ? ""
                        : new String(
                                hostile.body(),
                                0,
                                Math.min(hostile.body().length, 400),
                                java.nio.charset.StandardCharsets.UTF_8));
        try {
            ApiClient with = caller.with(hostile.headers().toArray(String[]::new));
            Answer answer = with.send(
                    hostile.method(),
                    hostile.path().substring(Api.PREFIX.length()),
                    hostile.body(),
                    hostile.mediaType());
            statuses.merge(answer.status(), 1, Integer::sum);
            if (answer.status() >= 500) {
                return what + " -> " + answer;
            }
            if (answer.status() >= 400 && INSIDE.matcher(answer.body()).find()) {
                return what + " leaks: " + answer;
            }
            if (answer.status() < 300 && answer.header("Content-Type").startsWith("application/json")) {
                requests.learn(answer.json());
            }
            return null;
        } catch (AssertionError broken) {
            return what + " -> " + broken.getMessage();
        }
    }

    private static void nothingIsBroken(ApiAcademy academy) {
        assertThat(academy.owner().fetch("select * from reporting.books_differences()"))
                .isEmpty();
        assertThat(academy.owner().fetch("select conname from pg_constraint where not convalidated"))
                .isEmpty();
        assertThat(
                        academy.owner()
                                .fetchCount(
                                        org.jooq.impl.DSL.table("learning.certificates c"),
                                        org.jooq.impl.DSL.condition(
                                                "not exists (select from learning.attempts a where a.student_id = c.student_id and a.id = c.attempt_id and a.passed)")))
                .isZero();
        assertThat(academy.newStudent("afterwards").get("/problems").status()).isEqualTo(200);
    }
}
