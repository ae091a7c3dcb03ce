package com.techcourse.platform;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.Record;

/** Rows as RFC 4180 for spreadsheets, one by one, so that a long table needs no memory. */
public final class Csv {

    private Csv() {}

    /** A heading and all rows as a file of this name (without ending). Closes the rows; answers how many there were. */
    public static int download(Cursor<? extends Record> rows, String name, HttpServletResponse response) {
        try (rows) {
            response.setContentType("text/csv;charset=UTF-8");
            response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
            CsvWriter csv =
                    CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(response.getWriter());
            csv.writeRecord(Arrays.stream(rows.fields()).map(Field::getName).toArray(String[]::new));
            int count = 0;
            for (Record row : rows) {
                csv.writeRecord(
                        Arrays.stream(row.intoArray()).map(Cells::harmless).toArray(String[]::new));
                count++;
            }
            csv.flush();
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
