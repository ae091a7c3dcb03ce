package com.techcourse.platform.jobs;

import static com.techcourse.jooq.platform.Tables.JOBS;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where background work is ordered, in the transaction of the fact that needs it: taken back with it, and never lost
 * after it.
 */
@Component
public class Jobs {

    private final Semaphore orders = new Semaphore(0);

    /** As soon as the transaction is committed. The payload is written as a JSON object: ids, no persons. */
    public void enqueue(DSLContext transaction, String kind, Object payload) {
        enqueue(transaction, kind, payload, null);
    }

    /** Not before a time. */
    public void enqueue(DSLContext transaction, String kind, Object payload, @Nullable OffsetDateTime runAt) {
        JSONB json = JSONB.valueOf(JsonMapper.shared().writeValueAsString(payload));
        if (runAt == null) {
            transaction
                    .insertInto(JOBS, JOBS.KIND, JOBS.PAYLOAD)
                    .values(kind, json)
                    .execute();
            orders.release();
        } else {
            transaction
                    .insertInto(JOBS, JOBS.KIND, JOBS.PAYLOAD, JOBS.RUN_AT)
                    .values(kind, json, runAt)
                    .execute();
        }
    }

    /** Tells the worker of this process to look soon; the other nodes look every second anyway. */
    void wake() {
        orders.release();
    }

    /** Returns when something was ordered here, at the latest after the patience. */
    boolean awaitOrder(Duration patience) throws InterruptedException {
        boolean ordered = orders.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        orders.drainPermits();
        return ordered;
    }
}
