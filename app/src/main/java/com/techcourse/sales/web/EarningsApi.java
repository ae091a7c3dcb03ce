package com.techcourse.sales.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Record;
import org.jooq.Result;
import org.springframework.web.bind.annotation.GetMapping;

/** What an instructor has earned, and when it is paid. */
@Api
class EarningsApi {

    private final ActingTransactions transactions;

    EarningsApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/me/earnings")
    @OpenTo("instructor")
    @Operation(
            summary = "What I have earned",
            description =
                    "In each currency: what students may still take back, with the day on which it becomes payable; what is payable; what is paid.")
    Listing<Earnings> own(Acting instructor) {
        return transactions.read(instructor, database -> {
            Result<Record> releases = database.fetch("select * from sales.my_releases()");
            return new Listing<>(
                    database.fetch("select * from sales.my_earnings()").map(row -> Earnings.of(row, releases)), null);
        });
    }

    /**
     * @param earned and not payable yet: students may still take it back
     * @param payable released and not paid; negative when more was given back later than earned since
     * @param planned part of it in payouts that are planned or approved
     * @param paid so far
     * @param releases when what is earned becomes payable
     */
    record Earnings(Money earned, Money payable, Money planned, Money paid, List<Release> releases) {

        static Earnings of(Record row, Result<Record> releases) {
            String currency = row.get("currency", String.class);
            return new Earnings(
                    money(row, "earned_amount"),
                    money(row, "payable_amount"),
                    money(row, "planned_amount"),
                    money(row, "paid_amount"),
                    releases.stream()
                            .filter(release -> currency.equals(release.get("currency", String.class)))
                            .map(release -> new Release(release.get("day", LocalDate.class), money(release, "amount")))
                            .toList());
        }

        private static Money money(Record row, String column) {
            return new Money(row.get(column, BigDecimal.class), row.get("currency", String.class));
        }
    }

    /** @param day business day from which on it is payable */
    record Release(LocalDate day, Money amount) {}
}
