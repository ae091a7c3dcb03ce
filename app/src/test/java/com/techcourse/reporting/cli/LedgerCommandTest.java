package com.techcourse.reporting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.PersonaCommand;
import com.techcourse.platform.cli.Day;
import com.techcourse.testing.BrokenBooks;
import com.techcourse.testing.WithCheckout;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code ledger check} on a sound and on a broken academy: what it prints, and how it ends. */
class LedgerCommandTest extends WithCheckout {

    private int exitCode;

    @BeforeAll
    void someSales() {
        for (int n = 0; n < 3; n++) {
            buy(academy.student(), "", academy.course("10.00"));
        }
        asLoader(sql -> sql.run("select sales.number_invoices(null, 1000, null)"));
    }

    private String told(String... arguments) {
        PersonaCommand command = (PersonaCommand) new CommandLine(new Ledger())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(LocalDate.class, new Day())
                .parseArgs(arguments)
                .subcommand()
                .commandSpec()
                .userObject();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        exitCode = command.run(database.database(), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void soundBooksAreOneSentenceAndZero() {
        assertThat(told("check")).hasLineCount(1);
        assertThat(exitCode).isZero();
        assertThat(told("check", "--format", "csv")).isEqualTo("rule,day,currency,order_id,expected,found\n");
        assertThat(exitCode).isZero();
        assertThat(told("check", "--format", "json").strip()).isEqualTo("[]");
        assertThat(told("balances", "--format", "csv")).contains("gateway_clearing", "instructor_earned");
        assertThat(exitCode).isZero();
    }

    @Test
    void aCentIsNamedWithItsOrderAndOne() {
        BrokenBooks.PAYMENT.during(database, () -> {
            assertThat(told("check", "--format", "csv"))
                    .contains("a captured payment pays the sum of the lines,", "10.01,10.00")
                    .contains("the ledger holds every sale,");
            assertThat(exitCode).isOne();
            assertThat(told("check", "--to", "2020-12-31")).hasLineCount(1);
            assertThat(exitCode).as("nothing was sold in those days").isZero();
        });
    }

    @Test
    void aNumberThatIsMissing() {
        BrokenBooks.INVOICE_NUMBER.during(database, () -> {
            assertThat(told("check", "--format", "csv")).contains("numbers without a gap,,,,4,3\n");
            assertThat(exitCode).isOne();
        });
    }
}
