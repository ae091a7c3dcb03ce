package com.techcourse.learning.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
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

    private static final int MOST_SHOWN = 500;

    private final ActingTransactions transactions;
    private final Documents documents;

    RegradesApi(ActingTransactions transactions, Documents documents) {
        this.transactions = transactions;
        this.documents = documents;
    }

    @PostMapping("/studio/quizzes/{id}/regrades")
    @OpenTo({"instructor", "admin"})
    @Refuses("invalid-quiz")
    @Operation(
            summary = "Correct a key and grade again",
            description =
                    "In every version whose question has the same parts. A preview, the default, changes nothing and tells who would change. A certificate whose pass is lost is kept and marked.")
    Effects regrade(
            Acting teacher,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "true") boolean preview,
            @RequestBody Correction correction) {
        JSONB question = JSONB.valueOf(correction.question().toString());
        return transactions.write(teacher, database -> {
            // thousands of attempts take their time
            database.execute("set local statement_timeout = '10min'");
            refuseFaults(database, question);
            List<Change> changes = database.fetch("select * from learning.preview_regrade(?, ?::jsonb)", id, question)
                    .map(Change::of);
            UUID regrade = preview
                    ? null
                    : database.fetchSingle("select learning.regrade(?, ?::jsonb, ?)", id, question, correction.reason())
                            .get(0, UUID.class);
            return Effects.of(regrade, changes);
        });
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

    /**
     * @param id of the correction; absent in a preview
     * @param changes at most 500 of them, who loses a pass first
     */
    record Effects(
            @Nullable UUID id,
            int attemptsSeen,
            int attemptsChanged,
            int nowPassed,
            int noLongerPassed,
            int certificatesKept,
            List<Change> changes) {

        static Effects of(@Nullable UUID id, List<Change> all) {
            List<Change> changed = all.stream().filter(Change::isOne).toList();
            return new Effects(
                    id,
                    all.size(),
                    changed.size(),
                    count(changed, change -> change.passedAfter() && !change.passedBefore()),
                    count(changed, Change::losesThePass),
                    count(changed, Change::certificateKept),
                    changed.stream()
                            .sorted(java.util.Comparator.comparing(Change::losesThePass)
                                    .reversed())
                            .limit(MOST_SHOWN)
                            .toList());
        }

        private static int count(List<Change> changes, java.util.function.Predicate<Change> which) {
            return (int) changes.stream().filter(which).count();
        }
    }

    /** @param certificateKept a certificate rests on the pass that is lost */
    record Change(
            UUID studentId,
            String studentName,
            UUID attemptId,
            int quizVersion,
            int attemptNo,
            @Nullable BigDecimal pointsBefore,
            BigDecimal pointsAfter,
            @Nullable BigDecimal scoreBefore,
            @Nullable BigDecimal scoreAfter,
            boolean passedBefore,
            boolean passedAfter,
            boolean certificateKept) {

        static Change of(Record row) {
            return row.into(Change.class);
        }

        boolean losesThePass() {
            return passedBefore && !passedAfter;
        }

        boolean isOne() {
            return !Objects.equals(pointsBefore, pointsAfter)
                            && (pointsBefore == null || pointsBefore.compareTo(pointsAfter) != 0)
                    || !Objects.equals(scoreBefore, scoreAfter);
        }
    }

    record Regrade(
            UUID id,
            String questionId,
            JsonNode question,
            String reason,
            UUID requestedBy,
            OffsetDateTime createdAt,
            int attemptsSeen,
            int attemptsChanged,
            int nowPassed,
            int noLongerPassed,
            int certificatesKept) {}
}
