package com.techcourse.sales.web;

import static java.util.Objects.requireNonNull;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Csv;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Statements of earnings: every line as CSV, course by course as PDF; for each payout, and for each of one's months. */
@Api
class PayoutStatementsApi {

    private static final String ACADEMY_NAME =
            "select value #>> '{}' from platform.settings where name = 'academy_name'";

    private final ActingTransactions transactions;
    private final StatementDocuments documents;

    PayoutStatementsApi(ActingTransactions transactions, StatementDocuments documents) {
        this.transactions = transactions;
        this.documents = documents;
    }

    @GetMapping("/payouts/{payout_id}/statement.csv")
    @OpenTo({"accountant", "admin", "instructor"})
    @ApiResponse(
            responseCode = "200",
            description = "A line for each movement",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @Operation(
            summary = "The statement of a payout as CSV",
            description = "The month of the instructor, from the opening to the closing balance.")
    void payoutLines(Acting acting, @PathVariable("payout_id") UUID payoutId, HttpServletResponse response) {
        csv(acting, database -> Statement.Of.payout(database, payoutId), response);
    }

    @GetMapping(value = "/payouts/{payout_id}/statement.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
    @OpenTo({"accountant", "admin", "instructor"})
    @ApiResponse(
            responseCode = "200",
            description = "The document",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PDF_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @Operation(
            summary = "The statement of a payout as PDF",
            description = "A line for each course, with totals and balances.")
    ResponseEntity<byte[]> payoutDocument(Acting acting, @PathVariable("payout_id") UUID payoutId) {
        return pdf(acting, database -> Statement.Of.payout(database, payoutId));
    }

    @GetMapping("/me/earnings/statement.csv")
    @OpenTo("instructor")
    @ApiResponse(
            responseCode = "200",
            description = "A line for each movement",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @Operation(
            summary = "My statement of a month as CSV",
            description = "From the opening to the closing balance, also without a payout.")
    void ownLines(
            Acting instructor,
            @RequestParam
                    @Parameter(
                            example = "2026-10",
                            schema = @Schema(type = "string", pattern = Month.PATTERN, example = "2026-10"))
                    String month,
            @RequestParam
                    @Parameter(
                            example = "EUR",
                            schema = @Schema(type = "string", pattern = "^[A-Z]{3}$", example = "EUR"))
                    String currency,
            HttpServletResponse response) {
        csv(instructor, database -> own(database, instructor, month, currency), response);
    }

    @GetMapping(value = "/me/earnings/statement.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
    @OpenTo("instructor")
    @ApiResponse(
            responseCode = "200",
            description = "The document",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PDF_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @Operation(
            summary = "My statement of a month as PDF",
            description = "A line for each course, with totals and balances, also without a payout.")
    ResponseEntity<byte[]> ownDocument(
            Acting instructor,
            @RequestParam
                    @Parameter(
                            example = "2026-10",
                            schema = @Schema(type = "string", pattern = Month.PATTERN, example = "2026-10"))
                    String month,
            @RequestParam
                    @Parameter(
                            example = "EUR",
                            schema = @Schema(type = "string", pattern = "^[A-Z]{3}$", example = "EUR"))
                    String currency) {
        return pdf(instructor, database -> own(database, instructor, month, currency));
    }

    private static Statement.Of own(DSLContext database, Acting instructor, String month, String currency) {
        if (!currency.matches("[A-Z]{3}")) {
            throw new Refused("invalid-value", "A currency has three capital letters, like EUR.", "currency");
        }
        UUID id = requireNonNull(instructor.userId());
        String name = (String) database.fetchValue("select display_name from identity.users where id = ?", id);
        return new Statement.Of(id, requireNonNull(name), currency, Month.firstDay(month));
    }

    private void csv(Acting acting, Function<DSLContext, Statement.Of> which, HttpServletResponse response) {
        transactions.readLong(acting, database -> {
            Statement.Of of = which.apply(database);
            return Csv.download(of.lines(database).fetchLazy(), of.fileName(), response);
        });
    }

    private ResponseEntity<byte[]> pdf(Acting acting, Function<DSLContext, Statement.Of> which) {
        String academy = transactions.read(
                Acting.visitor(), database -> requireNonNull((String) database.fetchValue(ACADEMY_NAME)));
        Statement statement =
                transactions.readLong(acting, database -> Statement.read(database, academy, which.apply(database)));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        "Content-Disposition",
                        "inline; filename=\"" + statement.of().fileName() + ".pdf\"")
                .body(documents.pdf(statement));
    }
}
