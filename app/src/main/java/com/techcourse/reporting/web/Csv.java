package com.techcourse.reporting.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.Record;

/** Rows as RFC 4180, one by one, so that a long report needs no memory. */
final class Csv {

    private Csv() {}

    static int write(Cursor<? extends Record> rows, HttpServletResponse response) {
        try (rows) {
            Writer out = response.getWriter();
            out.write(Arrays.stream(rows.fields()).map(Field::getName).collect(Collectors.joining(",")) + "\r\n");
            int count = 0;
            for (Record row : rows) {
                out.write(Arrays.stream(row.intoArray()).map(Csv::cell).collect(Collectors.joining(",")) + "\r\n");
                count++;
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
    private static String cell(Object value) {
        String text = value.toString();
        if (value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
