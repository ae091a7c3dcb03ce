package com.techcourse.catalog.web;

import com.techcourse.catalog.web.BankQuestions.BankQuestion;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
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

/** Questions that an instructor keeps apart from any quiz, to use them in several. */
@Api
class QuestionBankApi {

    private final ActingTransactions transactions;
    private final BankQuestions bank;

    QuestionBankApi(ActingTransactions transactions, BankQuestions bank) {
        this.transactions = transactions;
        this.bank = bank;
    }

    @GetMapping("/studio/question-bank")
    @OpenTo("instructor")
    @Operation(
            summary = "Own question bank",
            description = "Newest first; by tag, by type of question, by words of its text.")
    Listing<BankQuestion> list(
            Acting acting,
            @RequestParam @Nullable String tag,
            @RequestParam @Nullable String type,
            @RequestParam @Nullable String text,
            @RequestParam(defaultValue = "false") boolean archived,
            @RequestParam @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        BankSearch search = new BankSearch(tag, type, text, archived);
        return Listing.of(transactions.read(acting, dsl -> bank.page(dsl, search, after, limit.rows())));
    }

    @PostMapping("/studio/question-bank")
    @OpenTo("instructor")
    @Refuses("invalid-quiz")
    @Operation(
            summary = "Add a question",
            description = "As a quiz holds it, without `id`: each quiz that uses it gives it one.")
    @ApiResponse(responseCode = "201", description = "Added.")
    ResponseEntity<BankQuestion> add(Acting acting, @RequestBody Draft draft) {
        BankQuestion added = transactions.write(
                acting,
                dsl -> bank.add(dsl, acting, draft.question(), draft.tags() == null ? List.of() : draft.tags()));
        return ResponseEntity.created(URI.create("/api/v1/studio/question-bank/" + added.id()))
                .eTag(Etags.of(added.version()))
                .body(added);
    }

    @GetMapping("/studio/question-bank/{id}")
    @OpenTo("instructor")
    @Operation(summary = "A question of the bank", description = "Its ETag is needed to change it.")
    ResponseEntity<BankQuestion> one(Acting acting, @PathVariable UUID id) {
        return tagged(transactions.read(acting, dsl -> bank.find(dsl, id)));
    }

    @PutMapping("/studio/question-bank/{id}")
    @OpenTo("instructor")
    @Refuses({"invalid-quiz", "stale-version", "precondition-required"})
    @Operation(
            summary = "Save a question",
            description =
                    "A new version; an archived one is back in use. Quizzes keep their copy until they are updated.")
    ResponseEntity<BankQuestion> save(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Draft draft) {
        int version = Etags.required(ifMatch);
        return tagged(transactions.write(
                acting,
                dsl -> bank.save(dsl, id, version, draft.question(), draft.tags() == null ? List.of() : draft.tags())));
    }

    @DeleteMapping("/studio/question-bank/{id}")
    @OpenTo("instructor")
    @Refuses({"stale-version", "precondition-required"})
    @Operation(
            summary = "Archive a question",
            description = "It is no longer offered; quizzes that use it keep their copy.")
    @ApiResponse(responseCode = "204", description = "Archived.", content = @Content)
    ResponseEntity<Void> archive(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch) {
        int version = Etags.required(ifMatch);
        transactions.write(acting, dsl -> bank.archive(dsl, id, version));
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/studio/question-bank/{id}/uses")
    @OpenTo("instructor")
    @Operation(summary = "Quizzes that use a question", description = "With the version that each holds.")
    Listing<BankQuestions.Use> uses(Acting acting, @PathVariable UUID id) {
        return new Listing<>(transactions.read(acting, dsl -> bank.uses(dsl, id)), null);
    }

    @PostMapping("/studio/question-bank/{id}/uses/update")
    @OpenTo("instructor")
    @Refuses("invalid-quiz")
    @Operation(
            summary = "Update quizzes to the newest version of a question",
            description =
                    "Every quiz of the caller's courses that holds an older one; answers those that were changed.")
    Listing<BankQuestions.Use> update(Acting acting, @PathVariable UUID id) {
        return new Listing<>(transactions.write(acting, dsl -> bank.update(dsl, id)), null);
    }

    private static ResponseEntity<BankQuestion> tagged(BankQuestion question) {
        return ResponseEntity.ok().eTag(Etags.of(question.version())).body(question);
    }

    /** A question as it is to be kept. */
    record Draft(
            @Schema(
                    types = "object",
                    example =
                            "{\"type\": \"true_false\", \"text\": \"Water boils at 100 degrees.\", \"points\": 1, \"answer\": true}")
            JsonNode question,

            @Schema(example = "[\"physics\"]") @Nullable List<String> tags) {}
}
