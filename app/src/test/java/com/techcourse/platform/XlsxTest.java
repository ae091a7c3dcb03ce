package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** Spreadsheets of any length, and nothing in them that runs. */
class XlsxTest {

    private static final String ROWS = """
            select date '2026-01-01' + n %% 300 as day, '=course ' || n as course_title, n as units_sold,
                   (n * 1.01)::numeric(14, 2) as gross_amount, timestamptz '2026-11-23 12:00Z' as since
              from generate_series(1, %d) n
            """;

    @Test
    void whatIsLongerThanASheetGoesOnInASecond() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(write(database.ownerUrl(), 1200, bytes, 1001)).isEqualTo(1200);
        }
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(bytes.toByteArray()))) {
            List<Sheet> sheets = book.getSheets().toList();
            assertThat(sheets).extracting(Sheet::getName).containsExactly("sales", "sales 2");
            List<Row> first = sheets.getFirst().read();
            List<Row> second = sheets.getLast().read();
            assertThat(first).hasSize(1001);
            assertThat(second.getFirst().getCell(2).getText()).isEqualTo("units_sold");
            assertThat(second.get(1).getCell(2).asNumber()).isEqualTo(new BigDecimal(1001));
            assertThat(second.get(200).getCell(1).getText()).isEqualTo("'=course 1200");
            assertThat(second.get(200).getCell(4).asDate()).isEqualTo("2026-11-23T12:00:00");
            assertThat(second.getLast().getCell(3).asNumber()).isEqualByComparingTo("727806.00");
        }
    }

    /** A million rows in a heap that could not hold them. */
    @Test
    void aMillionRowsNeedNoMemory() throws IOException, InterruptedException {
        try (TestDatabase database = TestDatabase.create()) {
            DatabaseUrl url = database.ownerUrl();
            ProcessBuilder writer = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx40m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            XlsxTest.class.getName())
                    .redirectErrorStream(true);
            writer.environment()
                    .putAll(java.util.Map.of(
                            "XLSX_URL", url.jdbcUrl(), "XLSX_USER", url.user(), "XLSX_PASSWORD", url.password()));
            Process process = writer.start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(said.lines().toList()).as(said).last().isEqualTo("1100000");
        }
    }

    public static void main(String[] none) throws SQLException {
        try (Connection connection = java.sql.DriverManager.getConnection(
                System.getenv("XLSX_URL"), System.getenv("XLSX_USER"), System.getenv("XLSX_PASSWORD"))) {
            System.out.println(write(connection, 1_100_000, OutputStream.nullOutputStream(), 1_048_576));
        }
    }

    private static int write(DatabaseUrl url, int rows, OutputStream out, int longest) {
        try (Connection connection = url.connect()) {
            return write(connection, rows, out, longest);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int write(Connection connection, int rows, OutputStream out, int longest) {
        return DSL.using(connection, SQLDialect.POSTGRES).transactionResult(transaction -> {
            DSLContext dsl = transaction.dsl();
            return Xlsx.write(
                    dsl.resultQuery(ROWS.formatted(rows)).fetchSize(1000).fetchLazy(),
                    () -> dsl.fetch("select sum(gross_amount) as gross_amount from (" + ROWS.formatted(rows) + ") r"),
                    "sales",
                    out,
                    longest);
        });
    }
}
