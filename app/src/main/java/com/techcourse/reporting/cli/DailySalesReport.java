package com.techcourse.reporting.cli;

import static com.techcourse.jooq.reporting.Tables.DAILY_SALES;
import static org.jooq.impl.DSL.sum;

import com.techcourse.platform.OutputFormat;
import java.io.PrintStream;
import java.time.LocalDate;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "daily-sales",
        description = "Sales by business day and course, with a total for each currency.",
        mixinStandardHelpOptions = true)
final class DailySalesReport extends ReportCommand {

    @Option(names = "--from", paramLabel = "DAY", description = "First business day, as 2026-11-01 (default: a week).")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last business day (default: today).")
    private @Nullable LocalDate to;

    @Spec
    private @Nullable CommandSpec command;

    DailySalesReport() {
        super("accountant");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        LocalDate last = to == null ? today(session) : to;
        LocalDate first = from == null ? last.minusDays(6) : from;
        if (first.isAfter(last) && command != null) {
            throw new ParameterException(
                    command.commandLine(), "--from " + first + " is after --to " + last + ": swap them.");
        }
        Condition days = DAILY_SALES.DAY.between(first, last);
        print(
                session.selectFrom(DAILY_SALES)
                        .where(days)
                        .orderBy(DAILY_SALES.DAY, DAILY_SALES.COURSE_TITLE, DAILY_SALES.CURRENCY, DAILY_SALES.COURSE_ID)
                        .fetch(),
                out);
        if (format() == OutputFormat.TABLE) {
            out.println();
            printTotals(session, days, out);
        }
        return 0;
    }

    private void printTotals(DSLContext session, Condition days, PrintStream out) {
        print(
                session.select(
                                DAILY_SALES.CURRENCY.as("total"),
                                sum(DAILY_SALES.UNITS_SOLD).as("units_sold"),
                                sum(DAILY_SALES.GROSS_AMOUNT).as("gross_amount"),
                                sum(DAILY_SALES.REFUND_AMOUNT).as("refund_amount"),
                                sum(DAILY_SALES.NET_AMOUNT).as("net_amount"))
                        .from(DAILY_SALES)
                        .where(days)
                        .groupBy(DAILY_SALES.CURRENCY)
                        .orderBy(DAILY_SALES.CURRENCY)
                        .fetch(),
                out);
    }

    private static LocalDate today(DSLContext session) {
        return session.fetchSingle("select platform.business_day(now())").get(0, LocalDate.class);
    }
}
