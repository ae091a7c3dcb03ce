package com.techcourse.reporting.cli;

import com.techcourse.platform.OutputFormat;
import java.io.PrintStream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import picocli.CommandLine.Command;

@Command(
        name = "books",
        description = {
            "Compares orders, payments, refunds, ledger and daily sales to the cent.",
            "Prints every difference and ends with 1 when there is one."
        },
        mixinStandardHelpOptions = true)
final class BooksReport extends ReportCommand {

    BooksReport() {
        super("accountant");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        Result<Record> differences = session.fetch(
                "select rule, day, currency, order_id, expected, found from reporting.books_differences() order by 1, 2, 3, 4");
        if (differences.isEmpty() && format() == OutputFormat.TABLE) {
            out.println("The books agree to the cent: orders, payments, refunds, ledger and daily sales.");
        } else {
            print(differences, out);
        }
        return differences.isEmpty() ? 0 : 1;
    }
}
