package com.techcourse.loading.web;

import static com.techcourse.jooq.platform.Tables.IMPORTS;
import static com.techcourse.jooq.platform.Tables.IMPORT_ROWS;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Csv;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The report of an import as a file, row by row, so that a long one needs no memory. */
@Api
class ImportReportsApi {

    private static final int ROWS_AT_ONCE = 1000;

    private final ActingTransactions transactions;

    ImportReportsApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/imports/{id}/report.csv")
    @OpenTo("admin")
    @Operation(
            summary = "The report as CSV",
            description = "Line, outcome, column, sentence and the key of what it is about.")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    void download(Acting acting, @PathVariable UUID id, HttpServletResponse response) {
        transactions.readLong(acting, database -> {
            if (!database.fetchExists(IMPORTS, IMPORTS.ID.eq(id))) {
                throw new Refused("not-found");
            }
            return Csv.download(rows(database, id), "import-" + id, response);
        });
    }

    private static Cursor<? extends Record> rows(DSLContext database, UUID id) {
        return database.select(
                        IMPORT_ROWS.LINE_NO.as("line"),
                        IMPORT_ROWS.OUTCOME,
                        IMPORT_ROWS.COLUMN_NAME.as("column"),
                        IMPORT_ROWS.SENTENCE,
                        IMPORT_ROWS.SUBJECT_ID)
                .from(IMPORT_ROWS)
                .where(IMPORT_ROWS.IMPORT_ID.eq(id))
                .orderBy(IMPORT_ROWS.LINE_NO)
                .fetchSize(ROWS_AT_ONCE)
                .fetchLazy();
    }
}
