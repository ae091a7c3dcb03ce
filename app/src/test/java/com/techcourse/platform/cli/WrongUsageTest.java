package com.techcourse.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.TechCourse;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is wrong on the command line is said before any database is opened, with exit code 2. */
class WrongUsageTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "report daily-sales --from 2026-11-31, '2026-11-31' is no day; write it like 2026-11-01",
                "audit prices --to tomorrow, 'tomorrow' is no day; write it like 2026-11-01",
                "report daily-sales --format pdf, --format",
                "seed --students many, --students",
                "import oulad, FOLDER",
                "no-such-command, no-such-command"
            })
    void isNamed(String arguments, String named) {
        StringWriter said = new StringWriter();
        CommandLine commandLine = TechCourse.commandLine().setErr(new PrintWriter(said));
        assertThat(commandLine.execute(arguments.split(" "))).isEqualTo(2);
        assertThat(said.toString()).contains(named);
    }
}
