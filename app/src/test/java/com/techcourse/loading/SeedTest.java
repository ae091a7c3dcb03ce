package com.techcourse.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.testing.TestDatabase;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Generated rows depend on the seed alone: not on batches, crashes, or how often the command runs. */
class SeedTest {

    private static final int COURSES = 20;

    @Test
    void the_same_seed_makes_the_same_rows_in_any_batches_and_any_number_of_runs() {
        try (TestDatabase whole = TestDatabase.create();
                TestDatabase pieces = TestDatabase.create()) {
            SeedReport report = seed(whole, 500, 7, 50_000);
            seed(pieces, 200, 7, 70);
            seed(pieces, 500, 7, 130);
            Map<String, String> rows = Checksum.of(whole.owner());
            assertThat(Checksum.of(pieces.owner())).isEqualTo(rows);
            assertThat(report.rows()).isGreaterThan(5_000);

            assertThat(seed(whole, 500, 7, 50_000).rows()).isZero();
            assertThat(Checksum.of(whole.owner())).isEqualTo(rows);
            assertThat(contradictions(whole)).isZero();

            // another seed stands beside it
            assertThat(seed(whole, 50, 8, 50_000).students()).isEqualTo(50);
            assertThat(contradictions(whole)).isZero();
        }
    }

    @Test
    void a_terminated_run_keeps_whole_batches_and_is_continued() throws InterruptedException {
        try (TestDatabase whole = TestDatabase.create();
                TestDatabase broken = TestDatabase.create()) {
            seed(whole, 2_000, 3, 50_000);
            CompletableFuture<SeedReport> run = CompletableFuture.supplyAsync(() -> seed(broken, 2_000, 3, 400));
            terminateInTheMiddle(broken, run);
            assertThatThrownBy(run::join).isInstanceOf(CompletionException.class);
            long students = Superuser.ask(
                    broken,
                    dsl -> dsl.fetchSingle("select count(*) from identity.user_roles where role = 'student'")
                            .get(0, Long.class));
            assertThat(students % 400).isZero();

            seed(broken, 2_000, 3, 400);
            assertThat(Checksum.of(broken.owner())).isEqualTo(Checksum.of(whole.owner()));
        }
    }

    @Test
    void a_seed_that_was_begun_with_other_numbers_is_refused() {
        try (TestDatabase database = TestDatabase.create()) {
            seed(database, 10, 5, 50_000);
            assertThatThrownBy(() ->
                            run(database, new SeedRequest(10, COURSES + 1, 5, Optional.of(SampleAcademyTest.DAY)), 100))
                    .isInstanceOf(DatabaseProblem.class)
                    .hasMessageContaining("Seed 5 was begun with 20 courses");
            assertThatThrownBy(() ->
                            run(database, new SeedRequest(10, COURSES, 5, Optional.of(LocalDate.of(2025, 1, 1))), 100))
                    .isInstanceOf(DatabaseProblem.class);
        }
    }

    private static SeedReport seed(TestDatabase database, int students, long seed, int batch) {
        return run(database, new SeedRequest(students, COURSES, seed, Optional.of(SampleAcademyTest.DAY)), batch);
    }

    private static SeedReport run(TestDatabase database, SeedRequest request, int batch) {
        return database.owner()
                .connectionResult(owner -> new SeedLoad(owner, request, SampleAcademyTest.SILENT, batch).run());
    }

    /** Books that differ, paid enrolments without payment, points that do not agree with the key. */
    private static long contradictions(TestDatabase database) {
        return Superuser.<Long>ask(database, dsl -> dsl.fetchSingle("""
                        select (select count(*) from reporting.books_differences())
                          + (select count(*) from learning.enrollments e join catalog.courses c on c.id = e.course_id
                              where (e.order_id is null) <> (c.price = 0))
                          + (select count(*) from learning.attempts a join catalog.quizzes q on q.id = a.quiz_id
                               cross join jsonb_array_elements(q.metadata -> 'questions') x
                              where ((a.item_points ->> (x ->> 'id'))::int = 1) <> (a.answers -> (x ->> 'id') = x -> 'answer'))
                        """).get(0, Long.class));
    }

    private static void terminateInTheMiddle(TestDatabase database, CompletableFuture<?> run)
            throws InterruptedException {
        while (!run.isDone() && Superuser.ask(database, dsl -> dsl.fetch("""
                select pg_terminate_backend(a.pid) from pg_stat_activity a, platform.settings s
                 where a.datname = current_database() and a.pid <> pg_backend_pid()
                   and s.name = 'seed_3' and (s.value ->> 'students')::int >= 400
                """).isEmpty())) {
            Thread.sleep(5);
        }
    }
}
