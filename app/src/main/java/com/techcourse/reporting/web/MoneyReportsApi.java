package com.techcourse.reporting.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.reporting.web.MoneyReports.Balance;
import com.techcourse.reporting.web.MoneyReports.BalanceSums;
import com.techcourse.reporting.web.MoneyReports.Payout;
import com.techcourse.reporting.web.MoneyReports.Receivable;
import com.techcourse.reporting.web.MoneyReports.Tax;
import com.techcourse.reporting.web.MoneyReports.TaxSums;
import com.techcourse.reporting.web.Reports.Question;
import io.swagger.v3.oas.annotations.Operation;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Taxes, what is under way, payouts and the trial balance. */
@Api
class MoneyReportsApi {

    private final Reports reports;

    MoneyReportsApi(Reports reports) {
        this.reports = reports;
    }

    @GetMapping("/reports/taxes")
    @OpenTo({"accountant", "admin"})
    @Operation(summary = "Taxes", description = "By month, country of the buyer and rate, for the days of the period.")
    ReportPage<Tax, TaxSums> taxes(
            Acting acting,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return reports.page(acting, MoneyReports.TAX, new Question(from, to, after, limit));
    }

    @GetMapping("/reports/receivables")
    @OpenTo({"accountant", "admin"})
    @Operation(
            summary = "Receivables",
            description =
                    "Orders not paid, payments under way, money still to be given back, and chargebacks, with their age.")
    ReportPage<Receivable, Money> receivables(
            Acting acting,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return reports.page(acting, MoneyReports.OPEN, Question.now(after, limit));
    }

    @GetMapping("/reports/payouts")
    @OpenTo({"accountant", "admin"})
    @Operation(summary = "Payouts", description = "Payouts whose period ended in these days, whatever their state.")
    ReportPage<Payout, Money> payouts(
            Acting acting,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return reports.page(acting, MoneyReports.PAID_OUT, new Question(from, to, after, limit));
    }

    @GetMapping("/reports/ledger-balances")
    @OpenTo({"accountant", "admin"})
    @Operation(
            summary = "The trial balance",
            description = "Every account of the ledger; the balances of a currency add up to zero.")
    ReportPage<Balance, BalanceSums> ledgerBalances(
            Acting acting,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return reports.page(acting, MoneyReports.LEDGER, Question.now(after, limit));
    }
}
