package com.techcourse.reporting.web;

import com.techcourse.platform.api.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a report and the sums of all of them, read in one moment.
 *
 * @param days the period; absent for a report of how things stand now
 * @param totals of the whole report, one for each currency
 * @param ledger what the ledger says of the same days; absent where the report is not about sales
 * @param next give it as {@code after} to read on; absent at the end
 */
record ReportPage<T, S>(
        @Nullable Days days,
        List<T> items,
        List<S> totals,
        @Nullable List<LedgerTotal> ledger,
        @Nullable String next) {

    ReportPage {
        items = List.copyOf(items);
        totals = List.copyOf(totals);
        ledger = ledger == null ? null : List.copyOf(ledger);
    }

    /** Business days, both included. */
    @Schema(name = "ReportDays")
    record Days(LocalDate from, LocalDate to) {}

    /** Sales and refunds of a currency as they are posted. */
    @Schema(name = "ReportLedgerTotal")
    record LedgerTotal(Money gross, Money tax, Money refunds, Money refundedTax) {}
}
