package com.techcourse.learning.web;

import com.techcourse.learning.web.Results.Filter;
import com.techcourse.learning.web.Results.Row;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Csv;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What became of the attempts at a quiz, for those who teach it. */
@Api
class ResultsApi {

    private final ActingTransactions transactions;
    private final Results results;
    private final Documents documents;

    ResultsApi(ActingTransactions transactions, Results results, Documents documents) {
        this.transactions = transactions;
        this.results = results;
        this.documents = documents;
    }

    @GetMapping(path = "/studio/quizzes/{id}/results", produces = MediaType.APPLICATION_JSON_VALUE)
    @OpenTo({"instructor", "admin"})
    @Operation(summary = "Results of a quiz", description = "All attempts, latest first; by status, pass and version.")
    Listing<Row> all(
            Acting teacher,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Boolean passed,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Cursor cursor = Cursor.parse(after).orElse(null);
        List<Row> rows = transactions.read(
                teacher,
                database -> results.rows(database, id, new Filter(status, passed, version), cursor, limit.rows() + 1));
        return Listing.of(Page.of(rows, limit.rows(), Row::cursor));
    }

    @GetMapping("/studio/quizzes/{id}/results.csv")
    @OpenTo({"instructor", "admin"})
    @ApiResponse(
            responseCode = "200",
            description = "A table with a heading",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @Operation(summary = "Results of a quiz as CSV", description = "All attempts, latest first.")
    void table(
            Acting teacher,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Boolean passed,
            @RequestParam(required = false) @Nullable Integer version,
            HttpServletResponse response) {
        transactions.readLong(teacher, database -> {
            Filter filter = new Filter(status, passed, version);
            return Csv.download(results.all(database, id, filter), "results", response);
        });
    }

    @GetMapping("/studio/quizzes/{id}/item-analysis")
    @OpenTo({"instructor", "admin"})
    @Operation(
            summary = "How good the questions are",
            description = "Facility, discrimination and chosen options over graded first attempts at one version.")
    Listing<Item> analysis(
            Acting teacher, @PathVariable UUID id, @RequestParam(required = false) @Nullable Integer version) {
        return transactions.read(teacher, database -> {
            Results.refuseStrangers(database, id);
            return new Listing<>(
                    database.fetch("select * from learning.item_analysis(?, ?::integer)", id, version)
                            .map(this::item),
                    null);
        });
    }

    private Item item(Record row) {
        JSONB choices = row.get("choices", JSONB.class);
        return new Item(
                row.get("question_id", String.class),
                row.get("question_type", String.class),
                row.get("question_text", String.class),
                row.get("points", BigDecimal.class),
                row.get("quiz_version", int.class),
                row.get("attempts", int.class),
                row.get("answers", int.class),
                row.get("facility", BigDecimal.class),
                row.get("discrimination", BigDecimal.class),
                choices == null ? null : List.of(documents.found(choices, Choice[].class)));
    }

    /**
     * @param facility mean share of the points, 0 (nobody) to 1 (everybody)
     * @param discrimination correlation with the points of the other questions, -1 to 1; absent where nothing varies
     */
    record Item(
            String questionId,
            String questionType,
            String questionText,
            BigDecimal points,
            int quizVersion,
            int attempts,
            int answers,
            @Nullable BigDecimal facility,
            @Nullable BigDecimal discrimination,
            @Nullable List<Choice> choices) {}

    /** How often an option was chosen; a right one is no distractor. */
    record Choice(String id, int times, boolean right) {}
}
