package com.techcourse.sales.web;

import com.techcourse.platform.api.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was sold or given back, as it was when it got its number.
 *
 * @param kind invoice or credit_note
 * @param corrects number of the invoice that a credit note corrects
 * @param buyer empty once the buyer is erased
 */
@Schema(name = "Invoice")
record Invoice(
        UUID id,
        @Schema(example = "TC-2026-000001") String number,
        String kind,
        LocalDate issuedOn,
        UUID orderId,
        @Nullable String corrects,
        Seller seller,
        Buyer buyer,
        List<Line> lines,
        List<Tax> taxes,
        Money total) {

    boolean isCreditNote() {
        return kind.equals("credit_note");
    }

    @Schema(name = "InvoiceSeller")
    record Seller(String name, String address, String taxNumber) {}

    @Schema(name = "InvoiceBuyer")
    record Buyer(
            @Nullable String name,
            @Nullable String address,
            @Nullable String taxNumber,
            @Nullable String country) {}

    /**
     * @param listPrice of all seats, before the discount; of a credit note: what was given back
     * @param amount what was paid or given back, with tax
     */
    @Schema(name = "InvoiceLine")
    record Line(
            UUID courseId,
            String title,
            int quantity,
            Money listPrice,
            Money discount,
            @Schema(example = "0.19000") String taxRate,
            boolean taxIncluded,
            Money tax,
            Money amount) {}

    @Schema(name = "InvoiceTax")
    record Tax(@Schema(example = "0.19000") String rate, Money net, Money tax) {}

    /** In a list. */
    @Schema(name = "InvoiceEntry")
    record Entry(
            UUID id,
            String number,
            String kind,
            LocalDate issuedOn,
            OffsetDateTime happenedAt,
            UUID orderId,
            @Nullable String corrects,
            Money tax,
            Money total) {}
}
