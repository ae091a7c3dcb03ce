package com.techcourse.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.platform.Acting;
import com.techcourse.platform.web.WebServer;
import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.Eventually;
import com.techcourse.testing.Race;
import com.techcourse.testing.Sql;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two nodes on one database share the work. */
class JobsTest {

    private static ApiAcademy academy;
    private static WebServer secondNode;
    private final Jobs jobs = new Jobs();

    @BeforeAll
    static void start() {
        academy = ApiAcademy.start();
        secondNode = WebServer.start(
                CompletableFuture.completedFuture(academy.database().database()), 0);
    }

    @AfterAll
    static void close() {
        secondNode.close();
        academy.close();
    }

    @Test
    void eachIsDoneOnceByOneOfTheNodes() {
        academy.database().as(Acting.visitor(), dsl -> {
            for (int n = 0; n < 200; n++) {
                jobs.enqueue(dsl, "counting_job", Map.of("name", "shared-" + n));
            }
            return true;
        });
        Eventually.isTrue("all are finished", () -> count("finished_at is null") == 0);
        assertThat(CountingJob.DONE.entrySet().stream()
                        .filter(done -> done.getKey().startsWith("shared-")))
                .hasSize(200)
                .allMatch(done -> done.getValue() == 1);
    }

    @Test
    void whatIsTakenBackIsNeverDone() {
        assertThatThrownBy(() -> academy.database().as(Acting.visitor(), dsl -> {
            jobs.enqueue(dsl, "counting_job", Map.of("name", "taken-back"));
            throw new IllegalStateException("taken back");
        }));
        assertThat(count("payload ->> 'name' = 'taken-back'")).isZero();
    }

    @Test
    void whatFailedIsTriedAgainAndThenDeadUntilAnAdminAsks() {
        enqueue("stubborn", 2);
        Eventually.isTrue("it is dead", () -> count("payload ->> 'name' = 'stubborn' and dead_at is not null") == 1);
        JsonNode dead = academy.as("admin")
                .get("/jobs?kind=counting_job&state=dead")
                .json()
                .path("items")
                .path(0);
        assertThat(dead.path("tries").asInt()).isEqualTo(2);
        assertThat(dead.path("last_error").asString()).isNotEmpty();
        String path = "/jobs/" + dead.path("id").asString() + "/retry";
        assertThat(academy.as("student").post(path, "").problem()).isEqualTo("forbidden");
        assertThat(academy.as("admin").post(path, "").status()).isEqualTo(204);
        Eventually.isTrue("it is done", () -> CountingJob.DONE.containsKey("stubborn"));
        Eventually.isTrue(
                "and says so",
                () -> academy.as("admin").post(path, "").problem().equals("not-found"));
    }

    @Test
    void theJobOfAKilledNodeIsTakenOver() {
        try (Sql app = Sql.connect(academy.database().appUrl())) {
            UUID job = app.transaction(sql -> {
                UUID id = sql.uuid(
                        "insert into platform.jobs (kind, payload) values ('counting_job', '{\"name\": \"orphan\"}') returning id");
                sql.run(
                        "select id from platform.take_jobs(?, array['counting_job'], 10, interval '1 second')",
                        UUID.randomUUID());
                return id;
            });
            Eventually.isTrue("another node does it", () -> CountingJob.DONE.containsKey("orphan"));
            Eventually.isTrue("and says so", () -> count("finished_at is not null and id = '" + job + "'") == 1);
        }
    }

    @Test
    void onlyWhoHoldsAJobEndsIt() {
        try (Sql app = Sql.connect(academy.database().appUrl())) {
            UUID holder = UUID.randomUUID();
            UUID job = app.transaction(sql -> {
                UUID id = sql.uuid("insert into platform.jobs (kind) values ('unknown_to_nodes') returning id");
                sql.run(
                        "select id from platform.take_jobs(?, array['unknown_to_nodes'], 1, interval '1 hour')",
                        holder);
                return id;
            });
            app.run("select platform.finish_job(?, ?)", job, UUID.randomUUID());
            assertThat(count("finished_at is null and id = '" + job + "'")).isOne();
            app.run("select platform.finish_job(?, ?)", job, holder);
            assertThat(count("finished_at is not null and id = '" + job + "'")).isOne();
        }
    }

    @Test
    void whatComesAgainIsOrderedOnce() {
        AtomicInteger ordered = new AtomicInteger();
        Race.Result race = Race.of(40, academy.database().appUrl(), (sql, number) -> {
            if ((Boolean) sql.one("select platform.order_recurring_job('comes_again', interval '1 hour')")) {
                ordered.incrementAndGet();
            }
        });
        assertThat(race.winners()).as(race.toString()).isEqualTo(40);
        assertThat(ordered).hasValue(1);
        assertThat(count("kind = 'comes_again'")).isOne();
        assertThat(academy.as("admin").get("/jobs?state=nonsense").problem()).isEqualTo("invalid-value");
    }

    private void enqueue(String name, int failures) {
        academy.database().as(Acting.visitor(), dsl -> {
            jobs.enqueue(dsl, "counting_job", Map.of("name", name, "failures", failures));
            return true;
        });
    }

    private static long count(String condition) {
        return academy.database()
                .as(
                        Acting.visitor(),
                        dsl -> java.util.Objects.requireNonNull(
                                dsl.resultQuery("select count(*) from platform.jobs where kind <> 'clear_jobs' and "
                                                + condition)
                                        .fetchSingle(0, Long.class)));
    }
}
