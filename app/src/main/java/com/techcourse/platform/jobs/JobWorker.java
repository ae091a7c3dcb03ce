package com.techcourse.platform.jobs;

import com.techcourse.platform.jobs.JobQueue.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Does background work while the academy is up: looks every second, at once after an order of this process, and runs
 * each job on a virtual thread of its own. A stop waits for what runs; what does not end in time is done by another
 * node, or after the next start.
 */
@Component
@Lazy(false)
class JobWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);

    private static final int AT_ONCE = 8;
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** An order wakes the worker before its transaction is committed. */
    private static final Duration SOON = Duration.ofMillis(50);

    private static final int SOON_LOOKS = 10;
    private static final long PATIENCE_AT_STOP_SECONDS = 10;

    private final ObjectProvider<JobKind> beans;
    private final ObjectProvider<JobQueue> queue;
    private final Jobs jobs;
    private final Duration lease;
    private final UUID node = UUID.randomUUID();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private volatile @Nullable Thread loop;
    private volatile boolean running;

    JobWorker(
            ObjectProvider<JobKind> beans,
            ObjectProvider<JobQueue> queue,
            Jobs jobs,
            @Value("${techcourse.job-lease:30s}") Duration lease) {
        this.beans = beans;
        this.queue = queue;
        this.jobs = jobs;
        this.lease = lease;
    }

    @Override
    public void start() {
        running = true;
        loop = Thread.ofVirtual().name("jobs").start(this::work);
    }

    private void work() {
        try {
            Map<String, JobKind> kinds =
                    beans.stream().collect(Collectors.toUnmodifiableMap(JobKind::name, Function.identity()));
            int soon = 0;
            while (running) {
                look(kinds);
                soon = jobs.awaitOrder(soon > 0 ? SOON : LOOK) ? SOON_LOOKS : Math.max(0, soon - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Map<String, JobKind> kinds) {
        try {
            kinds.values()
                    .forEach(kind ->
                            kind.every().ifPresent(every -> queue.getObject().orderWhenDue(kind.name(), every)));
            int free = places.availablePermits();
            if (free > 0) {
                List<Taken> taken = queue.getObject().take(node, kinds.keySet(), free, lease);
                taken.forEach(job -> begin(job, kinds));
            }
        } catch (RuntimeException e) {
            if (running) {
                LOG.warn("Background work could not be fetched; the next look is in a second: {}", e.getMessage());
            }
        }
    }

    private void begin(Taken job, Map<String, JobKind> kinds) {
        places.acquireUninterruptibly();
        JobKind kind = java.util.Objects.requireNonNull(kinds.get(job.kind()), job.kind());
        new RunningJob(job, kind, node, queue.getObject(), lease).start(() -> {
            places.release();
            jobs.wake();
        });
    }

    @Override
    public void stop() {
        running = false;
        Thread last = loop;
        jobs.wake();
        try {
            if (last != null) {
                last.join(Duration.ofSeconds(PATIENCE_AT_STOP_SECONDS));
            }
            if (!places.tryAcquire(AT_ONCE, PATIENCE_AT_STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Background work did not end in time; it is done again later.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
