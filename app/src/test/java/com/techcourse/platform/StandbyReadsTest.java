package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.techcourse.testing.Eventually;
import com.techcourse.testing.FollowedAcademy;
import com.techcourse.testing.Sql;
import com.techcourse.testing.StreamingStandby;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reads on a real standby: what is seen there, and what happens when it is behind, cancels or dies. */
@Tag("process")
class StandbyReadsTest {

    private static final String CATEGORIES = "/api/v1/categories";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int PEOPLE = 12;
    private static final long RACE_NANOS = 6_000_000_000L;

    private static FollowedAcademy academy;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(StreamingStandby.isInstalled(), "PostgreSQL 15 is not installed");
        academy = FollowedAcademy.start();
    }

    @AfterAll
    static void close() throws Exception {
        if (academy != null) {
            academy.close();
        }
    }

    /** Its id. */
    private static String added(String slug) throws IOException, InterruptedException {
        String body = "{\"slug\": \"%s\", \"name\": \"Of %s\", \"position\": %d}";
        return academy.admin("POST", CATEGORIES, body.formatted(slug, slug, NUMBER.incrementAndGet()))
                .replaceAll("(?s).*?\"id\":\\s*\"([0-9a-f-]{36})\".*", "$1");
    }

    private static void replay(String what) {
        academy.standby().one("select pg_wal_replay_" + what + "()::text");
    }

    private static boolean standbyReadsAgain() {
        return isReadOnStandby(() -> academy.visitor(CATEGORIES));
    }

    private interface Request {
        String send() throws IOException, InterruptedException;
    }

    /** On a busy machine the primary answers now and then: where the standby does not come in time. */
    private static boolean isReadOnStandby(Request request) {
        double before = readsOfStandby();
        answer(request);
        return readsOfStandby() > before;
    }

    private static double readsOfStandby() {
        try {
            return academy.readsOfStandby();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String answer(Request request) {
        try {
            return request.send();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void pagesSearchesAndReportsAreReadThere() {
        Map<String, Request> requests = Map.of(
                "a page", () -> academy.visitor("/"),
                "a search", () -> academy.visitor("/api/v1/courses?q=python"),
                "counts", () -> academy.visitor("/api/v1/courses/facets"),
                "as somebody", () -> academy.admin("GET", "/api/v1/courses", null),
                "a page of one moment", () -> academy.accountant("/reports/daily-sales"),
                "one moment", () -> academy.accountant("/api/v1/reports/daily-sales"));
        requests.forEach((what, request) -> Eventually.isTrue(what, () -> isReadOnStandby(request)));
    }

    @Test
    void whoeverWroteSeesItThoughTheStandbyDoesNotHaveItYet() throws Exception {
        Eventually.isTrue("the standby is read", StandbyReadsTest::standbyReadsAgain);
        replay("pause");
        try {
            double behind = academy.reads("primary", "behind");
            added("unseen");
            do {
                assertThat(academy.admin("GET", CATEGORIES, null)).contains("\"unseen\"");
            } while (academy.reads("primary", "behind") == behind);
            Eventually.isTrue(
                    "visitors see the moment before",
                    () -> !answer(() -> academy.visitor(CATEGORIES)).contains("\"unseen\""));
        } finally {
            replay("resume");
        }
        Eventually.isTrue(
                "visitors see it",
                () -> answer(() -> academy.visitor(CATEGORIES)).contains("\"unseen\""));
    }

    @Test
    void nobodyEverMissesWhatTheyWrote() throws Exception {
        double read = academy.readsOfStandby();
        AtomicBoolean over = new AtomicBoolean();
        long end = System.nanoTime() + RACE_NANOS;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> wavering = threads.submit(() -> waver(over));
            List<Future<Integer>> people = new ArrayList<>();
            for (int n = 0; n < PEOPLE; n++) {
                String slug = "race-" + n;
                people.add(threads.submit(() -> writesAndReads(slug, end)));
            }
            try {
                for (Future<Integer> person : people) {
                    assertThat(person.get()).isPositive();
                }
            } finally {
                over.set(true);
            }
            wavering.get();
        }
        assertThat(academy.readsOfStandby()).as("not all on the primary").isGreaterThan(read);
    }

    private static Integer writesAndReads(String slug, long end) throws IOException, InterruptedException {
        String id = added(slug);
        int round = 0;
        while (System.nanoTime() < end) {
            round++;
            String name = "\"" + slug + " in round " + round + "\"";
            academy.admin("PATCH", CATEGORIES + "/" + id, "{\"name\": " + name + "}");
            assertThat(academy.admin("GET", CATEGORIES, null)).contains(name);
        }
        return round;
    }

    private static Object waver(AtomicBoolean over) throws InterruptedException {
        Random random = new Random();
        while (!over.get()) {
            replay("pause");
            Thread.sleep(random.nextInt(60));
            replay("resume");
            Thread.sleep(random.nextInt(300));
        }
        return over;
    }

    /** A real conflict: replay needs a lock that the reader has, and ends it after a tenth of a second. */
    @Test
    void aReadThatReplayCancelsIsDoneOnThePrimary() throws Exception {
        added("cancelled");
        Eventually.isTrue("the standby is read", StandbyReadsTest::standbyReadsAgain);
        double cancelled = academy.reads("primary", "cancelled");
        try (Sql superuser = academy.superuser();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SLOW.lines().forEach(superuser::run);
            Eventually.isTrue("the standby has it", () -> hasSlowPolicy());
            Future<String> reader = threads.submit(() -> academy.visitor(CATEGORIES));
            Eventually.isTrue("the reader is there", StandbyReadsTest::somebodySleeps);
            superuser.transaction(one -> one.run("lock table catalog.categories in access exclusive mode"));
            try {
                assertThat(reader.get()).contains("\"cancelled\"");
            } finally {
                superuser.run("drop policy slow_on_standby on catalog.categories");
            }
        }
        assertThat(academy.reads("primary", "cancelled")).isGreaterThan(cancelled);
    }

    private static final String SLOW = """
            create function catalog.slow_on_standby() returns boolean language plpgsql as 'begin if pg_is_in_recovery() then perform pg_sleep(20); end if; return true; end'
            create policy slow_on_standby on catalog.categories as restrictive for select using (catalog.slow_on_standby())
            """;

    private static boolean hasSlowPolicy() {
        return Boolean.TRUE.equals(
                academy.standby().one("select count(*) = 1 from pg_policies where policyname = 'slow_on_standby'"));
    }

    private static boolean somebodySleeps() {
        return Boolean.TRUE.equals(
                academy.standby().one("select count(*) > 0 from pg_stat_activity where wait_event = 'PgSleep'"));
    }

    @Test
    void theStandbyIsKilledAndNobodyNotices() throws Exception {
        Eventually.isTrue("the standby is read", StandbyReadsTest::standbyReadsAgain);
        academy.standby().kill();
        try {
            for (int n = 0; n < 20; n++) {
                assertThat(academy.visitor(CATEGORIES)).contains("items");
                assertThat(academy.admin("GET", CATEGORIES, null)).contains("items");
            }
            assertThat(academy.reads("primary", "away")).isPositive();
            assertThat(academy.reads("primary", "resting")).isPositive();
        } finally {
            academy.standby().startAgain();
        }
        Eventually.isTrue("it is read again", StandbyReadsTest::standbyReadsAgain);
    }
}
