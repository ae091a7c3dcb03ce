package com.techcourse.loading.web;

import static com.techcourse.jooq.platform.Tables.IMPORTS;
import static com.techcourse.jooq.platform.Tables.IMPORT_ROWS;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.UUID;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record5;
import org.jspecify.annotations.Nullable;
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
            response.setContentType("text/csv;charset=UTF-8");
            response.setHeader("Content-Disposition", "attachment; filename=\"import-" + id + ".csv\"");
            return write(database, id, response);
        });
    }

    private static int write(DSLContext database, UUID id, HttpServletResponse response) {
        try (Cursor<Record5<Integer, String, String, String, UUID>> rows = database.select(
                        IMPORT_ROWS.LINE_NO,
                        IMPORT_ROWS.OUTCOME,
                        IMPORT_ROWS.COLUMN_NAME,
                        IMPORT_ROWS.SENTENCE,
                        IMPORT_ROWS.SUBJECT_ID)
                .from(IMPORT_ROWS)
                .where(IMPORT_ROWS.IMPORT_ID.eq(id))
                .orderBy(IMPORT_ROWS.LINE_NO)
                .fetchSize(ROWS_AT_ONCE)
                .fetchLazy()) {
            Writer out = response.getWriter();
            out.write("line,outcome,column,sentence,subject_id\r\n");
            int count = 0;
            for (Record row : rows) {
                for (int i = 0; i < 5; i++) {
                    out.write((i == 0 ? "" : ",") + cell(row.get(i)));
                }
                out.write("\r\n");
                count++;
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
    private static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        if (value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
