package com.techcourse.reporting.cli;

import com.techcourse.platform.OutputFormat;
import java.io.PrintStream;
import java.time.LocalDate;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "books",
        description = {
            "Compares orders, payments, enrolments, coupons, refunds, taxes, shares, ledger, invoices and daily sales to the cent.",
            "Prints every difference and ends with 1 when there is one."
        },
        mixinStandardHelpOptions = true)
class BooksReport extends ReportCommand {

    private static final String DIFFERENCES = """
            select rule, day, currency, order_id, expected, found from reporting.books_differences({0}, {1})
             union all
            select rule, day, currency, order_id, expected, found from sales.invoice_gaps({0}, {1})
             order by 1, 2, 3, 4
            """;

    @Option(names = "--from", paramLabel = "DAY", description = "First business day (default: from the beginning).")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last business day (default: to the end).")
    private @Nullable LocalDate to;

    BooksReport() {
        super("accountant");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        Result<Record> differences =
                session.fetch(DIFFERENCES, DSL.val(from, SQLDataType.LOCALDATE), DSL.val(to, SQLDataType.LOCALDATE));
        if (differences.isEmpty() && format() == OutputFormat.TABLE) {
            out.println("The books agree to the cent: orders, payments, enrolments, coupons, refunds, taxes, shares,"
                    + " ledger, invoices and daily sales.");
        } else {
            print(differences, out);
        }
        return differences.isEmpty() ? 0 : 1;
    }
}
