package com.techcourse.reporting.cli;

import static com.techcourse.jooq.reporting.Tables.SALES_BY_MONTH;

import java.io.PrintStream;
import org.jooq.DSLContext;
import picocli.CommandLine.Command;

@Command(name = "months", description = "Sales by month, one row for each currency.", mixinStandardHelpOptions = true)
final class MonthlySalesReport extends ReportCommand {

    MonthlySalesReport() {
        super("accountant");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.selectFrom(SALES_BY_MONTH)
                        .orderBy(SALES_BY_MONTH.MONTH, SALES_BY_MONTH.CURRENCY)
                        .fetch(),
                out);
        return 0;
    }
}
