package com.techcourse.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Environment;
import com.techcourse.testing.WithAcademy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the doctor prints, and how it ends. */
class DoctorTest extends WithAcademy {

    private int exitCode;

    private String output(String... arguments) {
        Doctor doctor = new Doctor();
        new CommandLine(doctor).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        exitCode = doctor.run(
                database.database(), new Environment(Map.of()), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void oneLineForEachCheckAndOneForAProblem() {
        assertThat(output()).contains("version", "row-security", "books", "invoices", "backups", "26 rows");
        assertThat(exitCode).as("fsync is off on the server of the tests").isOne();
    }

    @Test
    void forSpreadsheetsAndPrograms() {
        assertThat(output("--format", "csv"))
                .startsWith("check,status,finding,way_out\n")
                .hasLineCount(27);
        assertThat(output("--format", "json")).startsWith("[").contains("\"check\"", "\"way_out\"");
    }
}
