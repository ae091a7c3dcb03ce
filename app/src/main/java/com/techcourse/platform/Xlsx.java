package com.techcourse.platform;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;

/**
 * Rows as an Office Open XML spreadsheet with real numbers, dates and a frozen heading, written one by one, so that a
 * long table needs no memory. Times are in UTC. What is longer than a sheet can be goes on in a second one.
 */
public final class Xlsx {

    public static final String MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final int LONGEST_SHEET = 1_048_576;
    private static final int ROWS_AT_ONCE = 500;

    private final Workbook book;
    private final String name;
    private final List<Field<?>> columns;
    private final int longest;
    private Worksheet sheet;
    private int sheets;
    private int row;

    private Xlsx(OutputStream out, String name, Field<?>[] columns, int longest) {
        this.book = new Workbook(out, "TechCourse", "1.0");
        this.name = name;
        this.columns = List.of(columns);
        this.longest = longest;
        this.sheet = heading();
    }

    /** All rows, then the totals apart from them, as a file of this name (without ending); answers how many rows. */
    public static int download(
            Cursor<? extends Record> rows,
            Supplier<? extends Result<? extends Record>> totals,
            String name,
            HttpServletResponse response) {
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".xlsx\"");
        try {
            return write(rows, totals, name, response.getOutputStream(), LONGEST_SHEET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the rows, and leaves the stream open. */
    static int write(
            Cursor<? extends Record> rows,
            Supplier<? extends Result<? extends Record>> totals,
            String name,
            OutputStream out,
            int longest) {
        try (rows) {
            Xlsx file = new Xlsx(out, name, rows.fields(), longest);
            int count = 0;
            for (Record record : rows) {
                file.line(record);
                count++;
            }
            file.totals(totals.get());
            file.sheet.finish();
            file.book.finish();
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Worksheet heading() {
        sheets++;
        // a sheet's name has 31 characters at most
        String title = name.length() > 27 ? name.substring(0, 27) : name;
        Worksheet next = book.newWorksheet(sheets == 1 ? title : title + " " + sheets);
        next.freezePane(0, 1);
        next.repeatRows(0);
        for (int column = 0; column < columns.size(); column++) {
            next.inlineString(0, column, columns.get(column).getName());
            next.style(0, column).bold().fillColor("DDE3EA").set();
            next.width(column, width(columns.get(column)));
        }
        row = 1;
        return next;
    }

    private static int width(Field<?> column) {
        boolean text = column.getType() == String.class || column.getType() == java.util.UUID.class;
        return Math.max(column.getName().length() + 2, text ? 24 : 13);
    }

    private void line(Record record) throws IOException {
        if (row == longest) {
            sheet.finish();
            sheet = heading();
        }
        for (int column = 0; column < columns.size(); column++) {
            cell(column, record.get(column));
        }
        row++;
        if (row % ROWS_AT_ONCE == 0) {
            sheet.flush();
        }
    }

    /** An empty row stands between, so that a table made of the rows above does not hold their sums. */
    private void totals(Result<? extends Record> totals) throws IOException {
        if (totals.isEmpty() || row + totals.size() >= longest) {
            return;
        }
        row++;
        for (Record total : totals) {
            boolean told = false;
            for (int column = 0; column < columns.size(); column++) {
                Field<?> same = total.field(columns.get(column).getName());
                if (same != null) {
                    cell(column, total.get(same));
                } else if (!told) {
                    cell(column, "Total");
                    told = true;
                }
                sheet.style(row, column).bold().set();
            }
            row++;
        }
        sheet.flush();
    }

    private void cell(int column, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case BigDecimal number -> {
                sheet.value(row, column, number);
                sheet.style(row, column)
                        .format(number.scale() == 2 ? "#,##0.00" : "General")
                        .set();
            }
            case Number number -> sheet.value(row, column, number);
            case LocalDate date -> {
                sheet.value(row, column, date);
                sheet.style(row, column).format("yyyy-mm-dd").set();
            }
            case OffsetDateTime time ->
                time(column, time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
            case Boolean truth -> sheet.value(row, column, truth);
            default -> sheet.inlineString(row, column, Cells.harmless(value));
        }
    }

    private void time(int column, LocalDateTime time) {
        sheet.value(row, column, time);
        sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
    }
}
