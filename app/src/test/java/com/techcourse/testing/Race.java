package com.techcourse.testing;

import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.testing.Sql.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Many real connections that do something in the same moment. */
public final class Race {

    /** One runner's part, on a connection of its own that is already open. */
    @FunctionalInterface
    public interface Runner {
        void run(Sql sql, int number);
    }

    /** How a race ended: who came through, and how each of the others was refused. */
    public record Result(int winners, List<Refusal> refusals) {}

    private Race() {}

    /** All connect, wait for the last one, then start together. */
    public static Result of(int runners, DatabaseUrl url, Runner runner) {
        return of(runners, number -> url, runner);
    }

    public static Result of(int runners, IntFunction<DatabaseUrl> url, Runner runner) {
        CyclicBarrier start = new CyclicBarrier(runners);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<@Nullable Refusal>> futures = new ArrayList<>();
            for (int i = 0; i < runners; i++) {
                int number = i;
                futures.add(threads.submit(() -> one(start, url.apply(number), runner, number)));
            }
            return result(futures);
        }
    }

    private static @Nullable Refusal one(CyclicBarrier start, DatabaseUrl url, Runner runner, int number)
            throws Exception {
        try (Sql sql = connected(start, url)) {
            start.await();
            runner.run(sql, number);
            return null;
        } catch (Refused refused) {
            return Refusal.of(refused.refusal());
        }
    }

    /** A runner that cannot connect must not leave the others waiting. */
    private static Sql connected(CyclicBarrier start, DatabaseUrl url) {
        try {
            return Sql.connect(url);
        } catch (Refused refused) {
            start.reset();
            throw new IllegalStateException("No connection for the race", refused);
        }
    }

    private static Result result(List<Future<@Nullable Refusal>> futures) {
        List<Refusal> refusals = new ArrayList<>();
        for (Future<@Nullable Refusal> future : futures) {
            try {
                Refusal refusal = future.get();
                if (refusal != null) {
                    refusals.add(refusal);
                }
            } catch (ExecutionException e) {
                throw new AssertionError("A runner stumbled", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        return new Result(futures.size() - refusals.size(), List.copyOf(refusals));
    }
}
