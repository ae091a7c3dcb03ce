package com.techcourse.loading;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.TestDatabase;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** A load whose server process ends in the middle leaves nothing, and can be repeated. */
class SampleAcademyCrashTest {

    @Test
    void a_terminated_load_leaves_nothing_and_the_next_one_succeeds() throws InterruptedException {
        try (TestDatabase database = TestDatabase.create()) {
            Map<String, String> before = Checksum.of(database.owner());
            CompletableFuture<Boolean> load = CompletableFuture.supplyAsync(() -> SampleAcademyTest.loadInto(database));
            terminateOnceSalesAreWritten(database, load);
            Assertions.assertThatThrownBy(load::join).isInstanceOf(CompletionException.class);

            assertThat(Checksum.of(database.owner())).isEqualTo(before);
            assertThat(SampleAcademyTest.loadInto(database)).isTrue();
        }
    }

    private static void terminateOnceSalesAreWritten(TestDatabase database, CompletableFuture<?> load)
            throws InterruptedException {
        while (!load.isDone() && Superuser.ask(database, dsl -> dsl.fetch("""
                select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid()
                   and query ~ 'insert into (learning|sales)'
                """).isEmpty())) {
            Thread.sleep(20);
        }
    }
}
