package com.techcourse.platform.jobs;

import static com.techcourse.jooq.platform.Tables.JOBS;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Background work, for the admin who wants to know why something did not happen. */
@Api
class JobsApi {

    private final ActingTransactions transactions;
    private final Jobs jobs;

    JobsApi(ActingTransactions transactions, Jobs jobs) {
        this.transactions = transactions;
        this.jobs = jobs;
    }

    @GetMapping("/jobs")
    @OpenTo("admin")
    @Operation(
            summary = "Background work",
            description = "The newest first; of one kind or state, if wanted. Done jobs are kept for a week.")
    Listing<Job> list(
            Acting acting,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false)
                    @Schema(allowableValues = {"waiting", "running", "finished", "dead"})
                    @Nullable
                    String state,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Condition wanted = state == null ? DSL.noCondition() : inState(state);
        return transactions.read(acting, database -> {
            List<Job> found = database.selectFrom(JOBS)
                    .where(wanted)
                    .and(kind == null ? DSL.noCondition() : JOBS.KIND.eq(kind))
                    .and(Cursor.parse(after)
                            .map(cursor -> JOBS.ID.lt(cursor.uuid(0)))
                            .orElseGet(DSL::noCondition))
                    .orderBy(JOBS.ID.desc())
                    .limit(limit.rows() + 1)
                    .fetch(JobsApi::job);
            return Listing.of(Page.of(found, limit.rows(), job -> Cursor.of(job.id())));
        });
    }

    @PostMapping("/jobs/{id}/retry")
    @OpenTo("admin")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Try again now",
            description = "A dead or waiting job begins anew; 404 when it is done, running or not there.")
    void retry(Acting acting, @PathVariable UUID id) {
        boolean again = transactions.write(
                acting,
                database -> Boolean.TRUE.equals(
                        database.fetchValue(DSL.field("platform.retry_job({0})", Boolean.class, DSL.val(id)))));
        if (!again) {
            throw new Refused("not-found");
        }
        jobs.wake();
    }

    private static Condition inState(String state) {
        return switch (state) {
            case "waiting" ->
                JOBS.FINISHED_AT.isNull().and(JOBS.DEAD_AT.isNull()).and(JOBS.LOCKED_BY.isNull());
            case "running" -> JOBS.LOCKED_BY.isNotNull();
            case "finished" -> JOBS.FINISHED_AT.isNotNull();
            case "dead" -> JOBS.DEAD_AT.isNotNull();
            default -> throw new Refused("invalid-value", "The state is waiting, running, finished or dead.", "state");
        };
    }

    private static Job job(Record row) {
        return new Job(
                row.get(JOBS.ID),
                row.get(JOBS.KIND),
                state(row),
                row.get(JOBS.TRIES),
                row.get(JOBS.LAST_ERROR),
                row.get(JOBS.CREATED_AT),
                row.get(JOBS.RUN_AT),
                row.get(JOBS.FINISHED_AT),
                row.get(JOBS.DEAD_AT));
    }

    private static String state(Record row) {
        if (row.get(JOBS.FINISHED_AT) != null) {
            return "finished";
        }
        if (row.get(JOBS.DEAD_AT) != null) {
            return "dead";
        }
        return row.get(JOBS.LOCKED_BY) == null ? "waiting" : "running";
    }

    /**
     * @param tries how often it was begun
     * @param lastError why the latest try failed
     * @param runAt not before
     * @param deadAt when the last try failed
     */
    record Job(
            UUID id,
            @Schema(example = "clear_jobs") String kind,

            @Schema(allowableValues = {"waiting", "running", "finished", "dead"})
            String state,

            int tries,
            @Nullable String lastError,
            OffsetDateTime createdAt,
            OffsetDateTime runAt,
            @Nullable OffsetDateTime finishedAt,
            @Nullable OffsetDateTime deadAt) {}
}
