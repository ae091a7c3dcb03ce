package com.techcourse.learning.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import com.techcourse.platform.jobs.Jobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;

/** Grading again after a key was wrong. */
@Api
class RegradesApi {

    private final ActingTransactions transactions;
    private final Documents documents;
    private final Jobs jobs;
    private final RegradeJob job;

    RegradesApi(ActingTransactions transactions, Documents documents, Jobs jobs, RegradeJob job) {
        this.transactions = transactions;
        this.documents = documents;
        this.jobs = jobs;
        this.job = job;
    }

    @PostMapping("/studio/quizzes/{id}/regrades")
    @OpenTo({"instructor", "admin"})
    @Refuses({"invalid-quiz", "regrade-under-way"})
    @Operation(
            summary = "Correct a key and grade again",
            description =
                    "In every version whose question has the same parts. A preview, the default, changes nothing and tells who would change. The correction counts at once; of many attempts the rest is graded in the background, while the state is running. A certificate whose pass is lost is kept and marked.")
    RegradeEffects regrade(
            Acting teacher,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "true") boolean preview,
            @RequestBody Correction correction) {
        JSONB question = JSONB.valueOf(correction.question().toString());
        return preview
                ? transactions.readLong(teacher, database -> {
                    refuseFaults(database, question);
                    return RegradeEffects.previewed(database, id, question);
                })
                : transactions.write(teacher, database -> {
                    refuseFaults(database, question);
                    return begun(database, id, question, correction.reason());
                });
    }

    /** The first batch at once, so that a small quiz is done with the answer. */
    private RegradeEffects begun(DSLContext database, UUID quiz, JSONB question, String reason) {
        UUID regrade = Objects.requireNonNull(
                database.fetchSingle("select learning.begin_regrade(?, ?::jsonb, ?)", quiz, question, reason)
                        .get(0, UUID.class));
        if (!job.step(database, regrade)) {
            jobs.enqueue(database, job.name(), RegradeJob.payload(regrade));
        }
        return soFar(database, quiz, regrade);
    }

    private static RegradeEffects soFar(DSLContext database, UUID quiz, UUID regrade) {
        return database.fetchOptional("select * from learning.regrades_of(?) where id = ?", quiz, regrade)
                .map(row -> RegradeEffects.soFar(database, row))
                .orElseThrow(() -> new Refused("not-found"));
    }

    @GetMapping("/studio/quizzes/{id}/regrades/{regrade}")
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "How far a correction is", description = "With what it has changed so far.")
    RegradeEffects one(Acting teacher, @PathVariable UUID id, @PathVariable UUID regrade) {
        return transactions.read(teacher, database -> soFar(database, id, regrade));
    }

    @GetMapping("/studio/quizzes/{id}/regrades")
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "Corrections of a quiz", description = "Latest first, with what each of them changed.")
    Listing<Regrade> all(Acting teacher, @PathVariable UUID id) {
        return transactions.read(teacher, database -> {
            Results.refuseStrangers(database, id);
            return new Listing<>(
                    database.fetch("select * from learning.regrades_of(?)", id).map(this::regrade), null);
        });
    }

    private static void refuseFaults(DSLContext database, JSONB question) {
        List<Refused.Fault> faults = database.fetch(
                        "select pointer, fault from catalog.quiz_question_faults(?::jsonb, '/question')", question)
                .map(row -> new Refused.Fault(row.get(0, String.class), row.get(1, String.class)));
        if (!faults.isEmpty()) {
            throw Refused.faults("invalid-quiz", "The corrected question is not valid.", faults);
        }
    }

    private Regrade regrade(Record row) {
        return new Regrade(
                row.get("id", UUID.class),
                row.get("question_id", String.class),
                documents.found(row.get("question", JSONB.class), JsonNode.class),
                row.get("reason", String.class),
                row.get("requested_by", UUID.class),
                row.get("created_at", OffsetDateTime.class),
                row.get("finished_at", OffsetDateTime.class),
                row.get("attempts_total", int.class),
                row.get("attempts_seen", int.class),
                row.get("attempts_changed", int.class),
                row.get("now_passed", int.class),
                row.get("no_longer_passed", int.class),
                row.get("certificates_kept", int.class));
    }

    /**
     * @param question the whole question as it should have been: id, type and parts stay
     * @param reason for the record
     */
    record Correction(
            @JsonDeserialize(using = Documents.Exact.class) JsonNode question,

            @Schema(example = "The key named the wrong option.")
            String reason) {}

    /** @param finishedAt absent while attempts remain */
    record Regrade(
            UUID id,
            String questionId,
            JsonNode question,
            String reason,
            UUID requestedBy,
            OffsetDateTime createdAt,
            @Nullable OffsetDateTime finishedAt,
            int attemptsTotal,
            int attemptsSeen,
            int attemptsChanged,
            int nowPassed,
            int noLongerPassed,
            int certificatesKept) {}
}
