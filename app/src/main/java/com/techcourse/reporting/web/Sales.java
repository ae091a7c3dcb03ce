package com.techcourse.reporting.web;

import com.techcourse.platform.api.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.jooq.Record;

/**
 * Units and amounts of one currency, as all reports of sales have them.
 *
 * @param unitsSold places in courses; refunds do not lower it
 * @param gross what was paid, with tax
 * @param discount what coupons took off
 * @param tax the tax in gross
 * @param refunds what was given back in the days of the report
 * @param refundedTax the tax in refunds
 * @param net gross less refunds
 */
@Schema(name = "Sales")
record Sales(long unitsSold, Money gross, Money discount, Money tax, Money refunds, Money refundedTax, Money net) {

    static Sales of(Record row) {
        return new Sales(
                row.get("units_sold", Long.class),
                money(row, "gross_amount"),
                money(row, "discount_amount"),
                money(row, "tax_amount"),
                money(row, "refund_amount"),
                money(row, "refunded_tax_amount"),
                money(row, "net_amount"));
    }

    /** An amount of a row, in the currency of the row. */
    static Money money(Record row, String column) {
        return new Money(row.get(column, BigDecimal.class), row.get("currency", String.class));
    }
}
