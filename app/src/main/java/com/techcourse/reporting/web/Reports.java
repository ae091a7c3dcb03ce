package com.techcourse.reporting.web;

import static com.techcourse.jooq.platform.Routines.businessDay;
import static com.techcourse.jooq.reporting.Tables.LEDGER_BY_DAY;
import static com.techcourse.reporting.web.Sales.money;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.sum;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Csv;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.Xlsx;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Refused;
import com.techcourse.reporting.web.ReportPage.Days;
import com.techcourse.reporting.web.ReportPage.LedgerTotal;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers every report in the same way: one transaction that sees one moment. */
@Component
class Reports {

    private static final String ACCOUNTANT = "accountant";

    private final ActingTransactions transactions;

    Reports(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    /** Which rows are asked for; all as they came. */
    record Question(
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String after,
            Limit limit) {

        static Question now(@Nullable String after, Limit limit) {
            return new Question(null, null, after, limit);
        }
    }

    <T, S> ReportPage<T, S> page(Acting acting, Report<T, S> report, Question question) {
        Cursor after = Cursor.parse(question.after()).orElse(null);
        Acting reader = reader(acting);
        return transactions.readRecentSnapshot(reader, database -> {
            Period period = period(database, report, question.from(), question.to());
            int most = question.limit().rows();
            Page<Record> page = Page.of(report.rows(database, period, after, most + 1), most, report::cursor);
            return new ReportPage<>(
                    period == null ? null : new Days(period.firstDay(), period.lastDay()),
                    page.rows().stream().map(report.entry()).toList(),
                    report.totals(database, period).map(report.total()::apply),
                    period != null && reader.role().equals(ACCOUNTANT) && SalesReports.ALL.contains(report)
                            ? ledger(database, period)
                            : null,
                    page.next() == null ? null : page.next().toString());
        });
    }

    void csv(
            Acting acting,
            Report<?, ?> report,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            HttpServletResponse response) {
        transactions.readSnapshot(reader(acting), database -> {
            Period period = period(database, report, from, to);
            return Csv.download(report.all(database, period), fileName(database, report, period), response);
        });
    }

    void xlsx(
            Acting acting,
            Report<?, ?> report,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            HttpServletResponse response) {
        transactions.readSnapshot(reader(acting), database -> {
            Period period = period(database, report, from, to);
            String name = fileName(database, report, period);
            return Xlsx.download(report.all(database, period), () -> report.totals(database, period), name, response);
        });
    }

    /** The views are the accountant's; an admin reads them as one. */
    static Acting reader(Acting acting) {
        return acting.role().equals("admin") ? new Acting(acting.userId(), ACCOUNTANT) : acting;
    }

    private static @Nullable Period period(
            DSLContext database, Report<?, ?> report, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (report.day() == null) {
            return null;
        }
        Period period =
                Period.of(from == null ? null : from.toString(), to == null ? null : to.toString(), today(database));
        if (!period.isValid()) {
            throw new Refused(
                    "invalid-value", "A period begins before it ends, and is 1100 days long at most.", "from");
        }
        return period;
    }

    private static LocalDate today(DSLContext database) {
        return database.select(businessDay(currentOffsetDateTime()))
                .fetchSingle()
                .value1();
    }

    private static String fileName(DSLContext database, Report<?, ?> report, @Nullable Period period) {
        return report.name() + "-" + (period == null ? today(database) : period.firstDay() + "-to-" + period.lastDay());
    }

    private static List<LedgerTotal> ledger(DSLContext database, Period period) {
        return database.select(
                        LEDGER_BY_DAY.CURRENCY,
                        sum(LEDGER_BY_DAY.GROSS_AMOUNT).as("gross"),
                        sum(LEDGER_BY_DAY.TAX_AMOUNT).as("tax"),
                        sum(LEDGER_BY_DAY.REFUND_AMOUNT).as("refunds"),
                        sum(LEDGER_BY_DAY.REFUNDED_TAX_AMOUNT).as("refunded_tax"))
                .from(LEDGER_BY_DAY)
                .where(LEDGER_BY_DAY.DAY.between(period.firstDay(), period.lastDay()))
                .groupBy(LEDGER_BY_DAY.CURRENCY)
                .orderBy(LEDGER_BY_DAY.CURRENCY)
                .fetch(row -> new LedgerTotal(
                        money(row, "gross"), money(row, "tax"), money(row, "refunds"), money(row, "refunded_tax")));
    }
}
