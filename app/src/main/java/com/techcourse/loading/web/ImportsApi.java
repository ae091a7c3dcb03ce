package com.techcourse.loading.web;

import static com.techcourse.jooq.platform.Tables.IMPORTS;
import static com.techcourse.jooq.platform.Tables.IMPORT_ROWS;

import com.techcourse.loading.csv.CsvImport;
import com.techcourse.loading.csv.ImportKind;
import com.techcourse.loading.csv.Order;
import com.techcourse.loading.csv.Unreadable;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Database;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.BodyLimit;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** CSV files brought in by an admin, and what became of each line. */
@Api
class ImportsApi {

    private static final long LONGEST_FILE = 200L << 20;

    private final ActingTransactions transactions;
    private final ObjectProvider<Database> database;

    ImportsApi(ActingTransactions transactions, ObjectProvider<Database> database) {
        this.transactions = transactions;
        this.database = database;
    }

    @PostMapping("/imports")
    @OpenTo("admin")
    @BodyLimit(LONGEST_FILE)
    @Refuses({"too-large", "try-again"})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Import a CSV file",
            description = "The answer comes at the end. A refused line is in the report, not in a problem.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
    ImportView run(
            Acting acting,
            @RequestParam @Schema(allowableValues = {"users", "courses", "enrollments", "coupons"}) String kind,
            @RequestParam(defaultValue = "all-or-nothing") @Schema(allowableValues = {"all-or-nothing", "partial"})
                    String mode,
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
            HttpServletRequest request)
            throws IOException {
        ImportKind of = ImportKind.named(kind)
                .orElseThrow(() -> new Refused("invalid-value", "There is no such kind of import.", "kind"));
        if (!mode.equals("partial") && !mode.equals("all-or-nothing")) {
            throw new Refused("invalid-value", "The mode is all-or-nothing or partial.", "mode");
        }
        UUID by = Objects.requireNonNull(acting.userId(), "an admin is somebody");
        try {
            UUID id = new CsvImport(database.getObject().ownerUrl())
                    .run(new Order(of, mode.equals("partial"), dryRun, by), request.getInputStream());
            return one(acting, id);
        } catch (Unreadable e) {
            throw new Refused("invalid-value", e.sentence(), "body");
        } catch (CsvImport.Busy e) {
            throw new Refused("try-again", "Another import of this kind is running.");
        } catch (SQLException e) {
            throw new DataAccessException("The import was broken off.", e);
        }
    }

    @GetMapping("/imports")
    @OpenTo("admin")
    @Operation(summary = "Imports", description = "The newest first.")
    Listing<ImportView> list(
            Acting acting,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return transactions.read(acting, database -> {
            List<ImportView> found = database.selectFrom(IMPORTS)
                    .where(Cursor.parse(after)
                            .map(cursor -> IMPORTS.ID.lt(cursor.uuid(0)))
                            .orElseGet(DSL::noCondition))
                    .orderBy(IMPORTS.ID.desc())
                    .limit(limit.rows() + 1)
                    .fetch(ImportView::of);
            return Listing.of(Page.of(found, limit.rows(), entry -> Cursor.of(entry.id())));
        });
    }

    @GetMapping("/imports/{id}")
    @OpenTo("admin")
    @Operation(summary = "One import", description = "While it runs, rows says how far it is.")
    ImportView one(Acting acting, @PathVariable UUID id) {
        return transactions.read(
                acting,
                database -> database.selectFrom(IMPORTS)
                        .where(IMPORTS.ID.eq(id))
                        .fetchOptional(ImportView::of)
                        .orElseThrow(() -> new Refused("not-found")));
    }

    @GetMapping("/imports/{id}/report")
    @OpenTo("admin")
    @Operation(
            summary = "What became of each line",
            description = "In the order of the file; of one outcome, if wanted. Kept for 30 days.")
    Listing<Row> report(
            Acting acting,
            @PathVariable UUID id,
            @RequestParam(required = false)
                    @Schema(allowableValues = {"created", "updated", "unchanged", "refused"})
                    @Nullable
                    String outcome,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        one(acting, id);
        Condition wanted = outcome == null ? DSL.noCondition() : IMPORT_ROWS.OUTCOME.eq(outcome);
        return transactions.read(acting, database -> {
            List<Row> rows = database.selectFrom(IMPORT_ROWS)
                    .where(IMPORT_ROWS.IMPORT_ID.eq(id))
                    .and(wanted)
                    .and(Cursor.parse(after)
                            .map(cursor ->
                                    IMPORT_ROWS.LINE_NO.gt(cursor.number(0).intValue()))
                            .orElseGet(DSL::noCondition))
                    .orderBy(IMPORT_ROWS.LINE_NO)
                    .limit(limit.rows() + 1)
                    .fetch(row -> new Row(
                            row.getLineNo(),
                            row.getOutcome(),
                            row.getColumnName(),
                            row.getSentence(),
                            row.getSubjectId()));
            return Listing.of(Page.of(rows, limit.rows(), row -> Cursor.of(row.line())));
        });
    }

    /**
     * @param line in which the row begins; the header is line 1
     * @param column the one at fault
     * @param sentence why it was refused
     * @param subjectId the user, course, student or coupon
     */
    record Row(
            int line,

            @Schema(allowableValues = {"created", "updated", "unchanged", "refused"})
            String outcome,

            @Nullable String column,
            @Nullable String sentence,
            @Nullable UUID subjectId) {}
}
