package com.techcourse.platform.jobs;

import com.techcourse.platform.jobs.JobQueue.Taken;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job on a thread of its own, with another that keeps its lease as long as it runs. */
record RunningJob(Taken job, JobKind kind, UUID node, JobQueue queue, Duration lease) {

    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

    void start(Runnable atEnd) {
        Thread.ofVirtual().name("job " + job.kind()).start(() -> {
            CountDownLatch ended = new CountDownLatch(1);
            Thread.ofVirtual().name("lease of " + job.id()).start(() -> keepLease(ended));
            try {
                run();
            } finally {
                ended.countDown();
                atEnd.run();
            }
        });
    }

    private void run() {
        if (job.tries() > kind.mostTries()) {
            note("Its node ended each time before the job did.");
            return;
        }
        try {
            kind.run(job.payload());
            queue.finish(job.id(), node);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("The job {} {} failed", job.kind(), job.id(), e);
            note(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private void note(String error) {
        try {
            if (queue.fail(job, node, error, kind.mostTries())) {
                LOG.error("The job {} {} failed {} times and is dead", job.kind(), job.id(), job.tries());
            }
        } catch (RuntimeException e) {
            LOG.warn("The failure of the job {} could not be noted: {}", job.id(), e.getMessage());
        }
    }

    private void keepLease(CountDownLatch ended) {
        try {
            while (!ended.await(lease.toMillis() / 3, TimeUnit.MILLISECONDS)) {
                hold();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database that is away once is asked again the next time: the job goes on. */
    private void hold() {
        try {
            queue.hold(job.id(), node, lease);
        } catch (RuntimeException e) {
            LOG.warn("The lease of the job {} could not be prolonged: {}", job.id(), e.getMessage());
        }
    }
}
