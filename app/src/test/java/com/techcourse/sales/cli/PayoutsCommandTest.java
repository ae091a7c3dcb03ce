package com.techcourse.sales.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Database;
import com.techcourse.platform.PersonaCommand;
import com.techcourse.platform.cli.Day;
import com.techcourse.testing.Academy;
import com.techcourse.testing.WithAcademy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The same life of a payout at the command line, where two persons are two names. */
class PayoutsCommandTest extends WithAcademy {

    private String told(String... arguments) {
        Object command = new CommandLine(new Payouts())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(LocalDate.class, new Day())
                .parseArgs(arguments)
                .subcommand()
                .commandSpec()
                .userObject();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Database opened = database.database();
        switch (command) {
            case StaffCommand staff -> staff.run(opened, out);
            case PersonaCommand persona -> persona.run(opened, out);
            case ReleaseEarnings release -> out.print(release.run(opened));
            default -> throw new AssertionError(command);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String accountant() {
        UUID id = academy.user("accountant");
        return (String) owner.one("select email::text from identity.users where id = ?", id);
    }

    @Test
    void twoPersonsPayOut() {
        String first = accountant();
        String second = accountant();
        Academy.Order order = academy.order(academy.student(), academy.course("100.00"));
        owner.run("""
                insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
                values (?, ?, 100, 'EUR', 'captured', 'demo', 'r', '2025-01-10')
                """, order.studentId(), order.id());
        assertThat(told("preview", "2025-02", "--format", "csv")).contains("70.00,70.00,to_pay");
        assertThat(told("release", "--up-to", "2025-01-31")).isEqualTo("0");
        assertThat(told("release")).isEqualTo("1");
        assertThat(told("run", "2025-02", "--as", first, "--format", "csv")).contains("2025-02,1");
        assertThat(told("run", "2025-02", "--as", first, "--format", "csv")).contains("2025-02,0");
        String payout = owner.uuid("select id from sales.payouts").toString();
        assertThat(told("list", "--month", "2025-02", "--status", "planned")).contains(payout);
        refused("approve", payout, "--as", first);
        refused("pay", payout, "--as", first, "--reference", "T1");
        refused("approve", payout, "--as", "nobody@example.org");
        refused("approve", UUID.randomUUID().toString(), "--as", second);
        assertThat(told("approve", payout, "--as", second)).contains("approved");
        assertThat(told("pay", payout, "--as", first, "--reference", "T1")).contains("paid", "T1");
        refused("cancel", payout, "--as", first);
    }

    private void refused(String... arguments) {
        assertThatThrownBy(() -> told(arguments)).isInstanceOf(CommandProblem.class);
    }
}
