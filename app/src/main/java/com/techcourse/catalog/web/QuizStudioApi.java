package com.techcourse.catalog.web;

import com.techcourse.catalog.web.Quizzes.Quiz;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** Quizzes as their authors see them, with keys. The body is the quiz document itself, so that faults point into it. */
@Api
class QuizStudioApi {

    static final String EXAMPLE = """
            {"schema_version": 1, "title": "Capitals", "passing_score": 60, "max_attempts": 3, "show_answers": "after_submission",
             "questions": [{"id": "q1", "type": "single_choice", "text": "Capital of France?", "points": 1, "answer": "a",
               "options": [{"id": "a", "text": "Paris"}, {"id": "b", "text": "Lyon", "feedback": "The second city."}]}]}""";

    private final ActingTransactions transactions;
    private final Quizzes quizzes;

    QuizStudioApi(ActingTransactions transactions, Quizzes quizzes) {
        this.transactions = transactions;
        this.quizzes = quizzes;
    }

    @GetMapping("/studio/courses/{course_id}/quizzes")
    @OpenTo({"instructor", "admin"})
    @Operation(
            summary = "Quizzes of a course",
            description = "For whoever edits the course, in their order, drafts too.")
    Listing<Quizzes.Entry> list(Acting acting, @PathVariable("course_id") UUID courseId) {
        List<Quizzes.Entry> entries = transactions.read(acting, dsl -> quizzes.ofCourse(dsl, courseId));
        return new Listing<>(entries, null);
    }

    @PostMapping("/studio/courses/{course_id}/quizzes")
    @OpenTo({"instructor", "admin"})
    @Refuses({"invalid-quiz", "conflict"})
    @Operation(
            summary = "Add a quiz",
            description =
                    "The body is a quiz document, see `/api/v1/schemas/quiz-1.json`; it goes to the end, or to `position`.")
    @ApiResponse(responseCode = "201", description = "Added.")
    ResponseEntity<Quiz> add(
            Acting acting,
            @PathVariable("course_id") UUID courseId,
            @RequestParam @Nullable Integer position,
            @RequestBody @Schema(types = "object", example = EXAMPLE) JsonNode document) {
        Quiz added = transactions.write(acting, dsl -> quizzes.add(dsl, courseId, position, document));
        return ResponseEntity.created(URI.create("/api/v1/studio/quizzes/" + added.id()))
                .eTag(Etags.of(added.version()))
                .body(added);
    }

    @PostMapping("/studio/quizzes/validate")
    @OpenTo({"instructor", "admin"})
    @Operation(
            summary = "Check a quiz document",
            description = "Saves nothing; answers every fault with its JSON Pointer.")
    Verdict validate(Acting acting, @RequestBody @Schema(types = "object", example = EXAMPLE) JsonNode document) {
        List<Refused.Fault> faults = transactions.read(acting, dsl -> quizzes.faults(dsl, document));
        return new Verdict(faults.isEmpty(), faults);
    }

    @GetMapping("/studio/quizzes/{id}")
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "A quiz with its keys", description = "Its ETag is needed to change it.")
    ResponseEntity<Quiz> one(Acting acting, @PathVariable UUID id) {
        return tagged(transactions.read(acting, dsl -> quizzes.find(dsl, id)));
    }

    @PutMapping("/studio/quizzes/{id}")
    @OpenTo({"instructor", "admin"})
    @Refuses({"invalid-quiz", "stale-version", "precondition-required"})
    @Operation(
            summary = "Save a quiz",
            description =
                    "The whole document; a new version, unless nothing differs. Attempts keep the version that they were taken on.")
    ResponseEntity<Quiz> save(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch,
            @RequestParam @Nullable Integer position,
            @RequestBody @Schema(types = "object", example = EXAMPLE) JsonNode document) {
        int version = Etags.required(ifMatch);
        return tagged(transactions.write(acting, dsl -> quizzes.save(dsl, id, version, position, document)));
    }

    @DeleteMapping("/studio/quizzes/{id}")
    @OpenTo({"instructor", "admin"})
    @Refuses({"quiz-taken", "stale-version", "precondition-required"})
    @Operation(summary = "Delete a quiz", description = "As long as nobody has taken it.")
    @ApiResponse(responseCode = "204", description = "Gone, with its versions.", content = @Content)
    ResponseEntity<Void> delete(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch) {
        int version = Etags.required(ifMatch);
        transactions.write(acting, dsl -> quizzes.delete(dsl, id, version));
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/studio/quizzes/{id}/versions")
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "Versions of a quiz", description = "Newest first; each stays as it was taken.")
    Listing<Quizzes.Version> versions(Acting acting, @PathVariable UUID id) {
        return new Listing<>(transactions.read(acting, dsl -> quizzes.versions(dsl, id)), null);
    }

    @GetMapping("/studio/quizzes/{id}/versions/{version}")
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "One version of a quiz", description = "Its document, as it was.")
    @ApiResponse(
            responseCode = "200",
            description = "The document.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(types = "object"),
                            examples = @ExampleObject(EXAMPLE)))
    JsonNode version(Acting acting, @PathVariable UUID id, @PathVariable int version) {
        return transactions.read(acting, dsl -> quizzes.version(dsl, id, version));
    }

    @PostMapping("/studio/quizzes/{id}/questions")
    @OpenTo({"instructor", "admin"})
    @Refuses({"invalid-quiz", "stale-version", "precondition-required"})
    @Operation(
            summary = "Add questions of the bank to a quiz",
            description = "The quiz copies them as they are now, and remembers from which question and version.")
    ResponseEntity<Quiz> use(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Chosen chosen) {
        int version = Etags.required(ifMatch);
        return tagged(transactions.write(acting, dsl -> quizzes.use(dsl, id, version, chosen.bankQuestionIds())));
    }

    private static ResponseEntity<Quiz> tagged(Quiz quiz) {
        return ResponseEntity.ok().eTag(Etags.of(quiz.version())).body(quiz);
    }

    /** What a check of a document found. */
    record Verdict(boolean valid, List<Refused.Fault> faults) {}

    /** Questions of the bank, in the order in which they are to be asked. */
    record Chosen(
            @Schema(example = "[\"0198e2b0-7a3c-7cc0-8a51-0123456789ab\"]")
            List<UUID> bankQuestionIds) {}
}
