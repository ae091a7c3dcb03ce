package com.techcourse.learning.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Essays that wait for a person. */
@Api
class GradingApi {

    private final ActingTransactions transactions;
    private final Documents documents;

    GradingApi(ActingTransactions transactions, Documents documents) {
        this.transactions = transactions;
        this.documents = documents;
    }

    @GetMapping("/studio/grading")
    @OpenTo({"instructor", "admin"})
    @Operation(
            summary = "What waits for a grade",
            description = "Of all courses that one teaches, or of one; oldest first.")
    Listing<Waiting> queue(
            Acting grader,
            @RequestParam(required = false) @Nullable UUID course,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Cursor cursor = Cursor.parse(after).orElse(null);
        List<Waiting> waiting = transactions.read(
                grader,
                database -> database.fetch(
                                "select * from learning.grading_queue(?::uuid, ?::timestamptz, ?::uuid, ?)",
                                course,
                                cursor == null ? null : cursor.time(0),
                                cursor == null ? null : cursor.uuid(1),
                                limit.rows() + 1)
                        .map(Waiting::of));
        return Listing.of(
                Page.of(waiting, limit.rows(), attempt -> Cursor.of(attempt.submittedAt(), attempt.attemptId())));
    }

    @GetMapping("/studio/attempts/{id}")
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "An attempt to be graded", description = "With answers, keys, rubrics and the points so far.")
    GradingSheet sheet(Acting grader, @PathVariable UUID id) {
        return transactions.read(
                grader,
                database -> documents.found(
                        database.fetchValue("select learning.grading_sheet(?)", id), GradingSheet.class));
    }

    @PostMapping("/studio/attempts/{id}/claim")
    @OpenTo({"instructor", "admin"})
    @Refuses("claimed-by-another")
    @Operation(
            summary = "Take an attempt to grade it",
            description = "For half an hour nobody else grades it; again prolongs it.")
    Claim claim(Acting grader, @PathVariable UUID id) {
        return transactions.write(
                grader,
                database -> new Claim(database.fetchSingle("select learning.claim_grading(?)", id)
                        .get(0, OffsetDateTime.class)));
    }

    @PutMapping("/studio/attempts/{id}/grades/{question_id}")
    @OpenTo({"instructor", "admin"})
    @Refuses({"claimed-by-another", "not-gradable", "precondition-required", "stale-version"})
    @Operation(
            summary = "Grade an essay",
            description =
                    "If-Match names the version of the grade, \"0\" for none yet. The attempt is graded with its last essay.")
    ResponseEntity<Outcome> grade(
            Acting grader,
            @PathVariable UUID id,
            @PathVariable("question_id") String questionId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Grade grade) {
        int seen = Etags.required(ifMatch);
        Outcome outcome = transactions.write(
                grader,
                database -> Outcome.of(database.fetchSingle(
                        "select * from learning.grade_essay(?, ?, ?, ?, ?)",
                        id,
                        questionId,
                        grade.points(),
                        grade.comment(),
                        seen)));
        return ResponseEntity.ok().eTag(Etags.of(outcome.version())).body(outcome);
    }

    record Waiting(
            UUID attemptId,
            UUID quizId,
            String quizTitle,
            UUID courseId,
            UUID studentId,
            String studentName,
            int attemptNo,
            OffsetDateTime submittedAt,
            boolean late,
            @Nullable UUID claimedBy,
            @Nullable OffsetDateTime claimedUntil) {

        static Waiting of(Record row) {
            return new Waiting(
                    row.get("attempt_id", UUID.class),
                    row.get("quiz_id", UUID.class),
                    row.get("quiz_title", String.class),
                    row.get("course_id", UUID.class),
                    row.get("student_id", UUID.class),
                    row.get("student_name", String.class),
                    row.get("attempt_no", int.class),
                    row.get("submitted_at", OffsetDateTime.class),
                    row.get("late", boolean.class),
                    row.get("claimed_by", UUID.class),
                    row.get("claimed_until", OffsetDateTime.class));
        }
    }

    record Claim(OffsetDateTime claimedUntil) {}

    /** @param comment a word to the student, shown with the result */
    record Grade(
            @Schema(example = "7.5") BigDecimal points,

            @Schema(example = "A good second half.") @Nullable
            String comment) {}

    /** @param score percent; absent while another essay waits */
    record Outcome(int version, String status, @Nullable BigDecimal score) {

        static Outcome of(Record row) {
            return new Outcome(
                    row.get("version", int.class), row.get("status", String.class), row.get("score", BigDecimal.class));
        }
    }
}
