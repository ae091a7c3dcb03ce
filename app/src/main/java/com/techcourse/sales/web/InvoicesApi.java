package com.techcourse.sales.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Csv;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Invoices and credit notes: buyers see their own, accountants and admins all. */
@Api
class InvoicesApi {

    private final ActingTransactions transactions;
    private final Invoices invoices;
    private final InvoiceDocuments documents;

    InvoicesApi(ActingTransactions transactions, Invoices invoices, InvoiceDocuments documents) {
        this.transactions = transactions;
        this.invoices = invoices;
        this.documents = documents;
    }

    @GetMapping("/invoices")
    @OpenTo({"student", "accountant", "admin"})
    @Operation(
            summary = "Invoices and credit notes",
            description = "Students get their own, also what they paid a moment ago; newest first.")
    Listing<Invoice.Entry> list(
            Acting acting,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate until,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return Listing.of(numbered(
                acting,
                database ->
                        invoices.list(database, new Invoices.Period(from, until), Cursor.parse(after), limit.rows())));
    }

    @GetMapping("/invoices/journal.csv")
    @OpenTo({"accountant", "admin"})
    @ApiResponse(
            responseCode = "200",
            description = "A line for each number",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @Operation(summary = "All invoices and credit notes of a period as CSV", description = "Without the buyers.")
    void journal(
            Acting acting,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate until,
            HttpServletResponse response) {
        transactions.readLong(
                acting,
                database -> Csv.download(
                        invoices.journal(database, new Invoices.Period(from, until))
                                .fetchLazy(),
                        "invoices",
                        response));
    }

    @GetMapping("/invoices/{number}")
    @OpenTo({"student", "accountant", "admin"})
    @Operation(summary = "An invoice or credit note", description = "By its number, as it was when it was made out.")
    Invoice get(Acting acting, @PathVariable String number) {
        return transactions.read(acting, database -> invoices.one(database, number));
    }

    @GetMapping(value = "/invoices/{number}/pdf", produces = MediaType.APPLICATION_PDF_VALUE)
    @OpenTo({"student", "accountant", "admin"})
    @ApiResponse(
            responseCode = "200",
            description = "The document",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PDF_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @Operation(summary = "An invoice or credit note as PDF", description = "With the tax for each rate.")
    ResponseEntity<byte[]> pdf(Acting acting, @PathVariable String number) {
        Invoice invoice = get(acting, number);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header("Content-Disposition", "inline; filename=\"" + invoice.number() + ".pdf\"")
                .body(documents.pdf(invoice));
    }

    private <T> T numbered(Acting acting, Function<DSLContext, T> work) {
        return transactions.write(acting, database -> {
            if (acting.role().equals("student")) {
                invoices.numberOwn(database);
            }
            return work.apply(database);
        });
    }
}
