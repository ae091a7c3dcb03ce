package com.techcourse.learning.web;

import static com.techcourse.jooq.learning.Tables.ATTEMPTS;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A student's own attempts at quizzes. */
@Api
class AttemptsApi {

    private final ActingTransactions transactions;
    private final Documents documents;

    AttemptsApi(ActingTransactions transactions, Documents documents) {
        this.transactions = transactions;
        this.documents = documents;
    }

    @PostMapping("/quizzes/{id}/attempts")
    @OpenTo("student")
    @Refuses({"no-attempt-left", "not-enrolled", "quiz-not-open"})
    @ApiResponse(responseCode = "201", description = "Started")
    @ApiResponse(responseCode = "200", description = "The one that is still open")
    @Operation(
            summary = "Take a quiz",
            description =
                    "Starts the next attempt, or goes on with the open one: a retry or a second tab starts nothing twice.")
    ResponseEntity<AttemptPaper> start(Acting student, @PathVariable UUID id) {
        return transactions.write(student, database -> {
            Record taken = database.fetchSingle("select attempt_id, resumed from learning.take_attempt(?)", id);
            AttemptPaper paper = paper(database, taken.get("attempt_id", UUID.class));
            return taken.get("resumed", boolean.class)
                    ? ResponseEntity.ok(paper)
                    : ResponseEntity.created(URI.create(Api.PREFIX + "/attempts/" + paper.id()))
                            .body(paper);
        });
    }

    @GetMapping("/attempts/{id}")
    @OpenTo("student")
    @Operation(
            summary = "An attempt",
            description = "Its questions in its own order, what is saved, and the time left. Never a key.")
    AttemptPaper one(Acting student, @PathVariable UUID id) {
        return transactions.read(student, database -> paper(database, id));
    }

    @PostMapping("/attempts/{id}/submission")
    @OpenTo("student")
    @Operation(
            summary = "Hand in",
            description = "As it was saved, and once: again answers the same. What needs no person is graded at once.")
    AttemptResult submit(Acting student, @PathVariable UUID id) {
        return transactions.write(student, database -> {
            database.fetch("select learning.submit_attempt(?)", id);
            return result(database, id);
        });
    }

    @GetMapping("/attempts/{id}/result")
    @OpenTo("student")
    @Operation(
            summary = "What an attempt is worth",
            description = "Score and points by question; keys and feedback when the quiz shows them.")
    AttemptResult result(Acting student, @PathVariable UUID id) {
        return transactions.read(student, database -> result(database, id));
    }

    @GetMapping("/quizzes/{id}/attempts")
    @OpenTo("student")
    @Operation(summary = "One's own attempts at a quiz", description = "Latest first.")
    Listing<Summary> own(
            Acting student,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Integer before =
                Cursor.parse(after).map(cursor -> cursor.number(0).intValue()).orElse(Integer.MAX_VALUE);
        List<Summary> attempts = transactions.read(
                student,
                database -> database.selectFrom(ATTEMPTS)
                        .where(ATTEMPTS.STUDENT_ID.eq(DSL.val(student.userId())))
                        .and(ATTEMPTS.QUIZ_ID.eq(id))
                        .and(ATTEMPTS.ATTEMPT_NO.lt(before))
                        .orderBy(ATTEMPTS.ATTEMPT_NO.desc())
                        .limit(limit.rows() + 1)
                        .fetch(Summary::of));
        return Listing.of(Page.of(attempts, limit.rows(), attempt -> Cursor.of(attempt.attemptNo())));
    }

    private AttemptPaper paper(DSLContext database, UUID id) {
        return documents.found(database.fetchValue("select learning.attempt_paper(?)", id), AttemptPaper.class);
    }

    private AttemptResult result(DSLContext database, UUID id) {
        return documents.found(database.fetchValue("select learning.attempt_result(?)", id), AttemptResult.class);
    }

    record Summary(
            UUID id,
            int attemptNo,
            String status,
            OffsetDateTime startedAt,
            @Nullable OffsetDateTime deadlineAt,
            @Nullable OffsetDateTime submittedAt,
            boolean late,
            @Nullable BigDecimal score,
            boolean passed) {

        static Summary of(Record row) {
            return new Summary(
                    row.get(ATTEMPTS.ID),
                    row.get(ATTEMPTS.ATTEMPT_NO),
                    row.get(ATTEMPTS.STATUS),
                    row.get(ATTEMPTS.STARTED_AT),
                    row.get(ATTEMPTS.DEADLINE_AT),
                    row.get(ATTEMPTS.SUBMITTED_AT),
                    row.get(ATTEMPTS.LATE),
                    row.get(ATTEMPTS.SCORE),
                    row.get(ATTEMPTS.PASSED));
        }
    }
}
