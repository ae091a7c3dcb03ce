package com.techcourse.reporting.web;

import static com.techcourse.jooq.reporting.Tables.LEDGER_BALANCES;
import static com.techcourse.jooq.reporting.Tables.PAYOUTS;
import static com.techcourse.jooq.reporting.Tables.RECEIVABLES;
import static com.techcourse.jooq.reporting.Tables.TAXES;
import static com.techcourse.reporting.web.Sales.money;

import com.techcourse.platform.api.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** What is owed to tax offices, what is under way, what is paid out, and the trial balance. */
final class MoneyReports {

    static final Report<Tax, TaxSums> TAX = new Report<>(
            "taxes",
            TAXES,
            TAXES.DAY,
            List.of(TAXES.MONTH, TAXES.COUNTRY, TAXES.TAX_RATE),
            List.of(TAXES.MONTH, TAXES.COUNTRY, TAXES.TAX_RATE),
            TAXES.CURRENCY,
            List.of(
                    TAXES.TAXABLE_AMOUNT,
                    TAXES.TAX_AMOUNT,
                    TAXES.REFUNDED_TAXABLE_AMOUNT,
                    TAXES.REFUNDED_TAX_AMOUNT,
                    TAXES.NET_TAX_AMOUNT),
            row -> new Tax(row.get(TAXES.MONTH), row.get(TAXES.COUNTRY), row.get(TAXES.TAX_RATE), TaxSums.of(row)),
            TaxSums::of);

    static final Report<Receivable, Money> OPEN = new Report<>(
            "receivables",
            RECEIVABLES,
            null,
            List.of(
                    RECEIVABLES.KIND,
                    RECEIVABLES.SINCE,
                    RECEIVABLES.AGE_DAYS,
                    RECEIVABLES.AGE,
                    RECEIVABLES.ORDER_ID,
                    RECEIVABLES.ITEM_ID),
            List.of(RECEIVABLES.KIND, RECEIVABLES.SINCE, RECEIVABLES.ITEM_ID),
            RECEIVABLES.CURRENCY,
            List.of(RECEIVABLES.AMOUNT),
            row -> new Receivable(
                    row.get(RECEIVABLES.KIND),
                    row.get(RECEIVABLES.SINCE),
                    row.get(RECEIVABLES.AGE_DAYS),
                    row.get(RECEIVABLES.AGE),
                    row.get(RECEIVABLES.ORDER_ID),
                    row.get(RECEIVABLES.ITEM_ID),
                    money(row, "amount")),
            row -> money(row, "amount"));

    static final Report<Payout, Money> PAID_OUT = new Report<>(
            "payouts",
            PAYOUTS,
            PAYOUTS.PERIOD_END,
            List.of(
                    PAYOUTS.PERIOD_START,
                    PAYOUTS.PERIOD_END,
                    PAYOUTS.INSTRUCTOR_NAME,
                    PAYOUTS.STATUS,
                    PAYOUTS.PAID_AT,
                    PAYOUTS.PAYOUT_ID),
            List.of(PAYOUTS.PERIOD_START, PAYOUTS.INSTRUCTOR_NAME, PAYOUTS.PAYOUT_ID),
            PAYOUTS.CURRENCY,
            List.of(PAYOUTS.AMOUNT),
            row -> new Payout(
                    row.get(PAYOUTS.PAYOUT_ID),
                    row.get(PAYOUTS.PERIOD_START),
                    row.get(PAYOUTS.PERIOD_END),
                    row.get(PAYOUTS.INSTRUCTOR_NAME),
                    row.get(PAYOUTS.STATUS),
                    row.get(PAYOUTS.PAID_AT),
                    money(row, "amount")),
            row -> money(row, "amount"));

    static final Report<Balance, BalanceSums> LEDGER = new Report<>(
            "ledger-balances",
            LEDGER_BALANCES,
            null,
            List.of(
                    LEDGER_BALANCES.ACCOUNT,
                    LEDGER_BALANCES.INSTRUCTOR_NAME,
                    LEDGER_BALANCES.ENTRIES,
                    LEDGER_BALANCES.ACCOUNT_ID),
            List.of(LEDGER_BALANCES.ACCOUNT, LEDGER_BALANCES.INSTRUCTOR_NAME, LEDGER_BALANCES.ACCOUNT_ID),
            LEDGER_BALANCES.CURRENCY,
            List.of(LEDGER_BALANCES.DEBIT_AMOUNT, LEDGER_BALANCES.CREDIT_AMOUNT, LEDGER_BALANCES.BALANCE),
            row -> new Balance(
                    row.get(LEDGER_BALANCES.ACCOUNT_ID),
                    row.get(LEDGER_BALANCES.ACCOUNT),
                    row.get(LEDGER_BALANCES.INSTRUCTOR_NAME),
                    row.get(LEDGER_BALANCES.ENTRIES),
                    BalanceSums.of(row)),
            BalanceSums::of);

    static final List<Report<?, ?>> ALL = List.of(TAX, OPEN, PAID_OUT, LEDGER);

    private MoneyReports() {}

    /**
     * @param month its first day
     * @param country ISO 3166-1 alpha-2; absent where buyers did not tell
     */
    record Tax(
            LocalDate month,
            @Nullable String country,
            @Schema(example = "0.19000") BigDecimal taxRate,
            TaxSums sums) {}

    /**
     * @param taxable what was paid less the tax
     * @param net tax less refunded tax: what is owed
     */
    @Schema(name = "TaxSums")
    record TaxSums(Money taxable, Money tax, Money refundedTaxable, Money refundedTax, Money net) {

        static TaxSums of(Record row) {
            return new TaxSums(
                    money(row, "taxable_amount"),
                    money(row, "tax_amount"),
                    money(row, "refunded_taxable_amount"),
                    money(row, "refunded_tax_amount"),
                    money(row, "net_tax_amount"));
        }
    }

    /**
     * @param kind of what is under way
     * @param itemId key of the order, payment, gateway refund or refund
     * @param amount positive what the academy is to get, negative what it has to give back or has lost
     */
    record Receivable(
            @Schema(example = "order not paid") String kind,
            OffsetDateTime since,
            int ageDays,
            @Schema(example = "8 to 30 days") String age,
            UUID orderId,
            UUID itemId,
            Money amount) {}

    /** @param periodEnd the day after the last one */
    record Payout(
            UUID id,
            LocalDate periodStart,
            LocalDate periodEnd,
            String instructorName,
            @Schema(example = "paid") String status,
            @Nullable OffsetDateTime paidAt,
            Money amount) {}

    /**
     * @param account its kind
     * @param instructorName whose it is; absent for accounts of the academy
     */
    record Balance(UUID accountId, String account, @Nullable String instructorName, long entries, BalanceSums sums) {}

    /** @param balance debit less credit */
    @Schema(name = "BalanceSums")
    record BalanceSums(Money debit, Money credit, Money balance) {

        static BalanceSums of(Record row) {
            return new BalanceSums(money(row, "debit_amount"), money(row, "credit_amount"), money(row, "balance"));
        }
    }
}
