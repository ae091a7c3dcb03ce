package com.techcourse.platform;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.PrintStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.JSONFormat;
import org.jooq.Record;
import org.jooq.Result;

/** Prints rows on standard output. Numbers keep their scale, so that money reads 12.50 and not 12.5. */
public final class Tables {

    private static final JSONFormat ONE_OBJECT_PER_ROW = JSONFormat.DEFAULT_FOR_RESULTS
            .header(false)
            .recordFormat(JSONFormat.RecordFormat.OBJECT)
            .format(true);

    private Tables() {}

    public static void print(Result<? extends Record> rows, OutputFormat format, PrintStream out) {
        out.print(
                switch (format) {
                    case TABLE -> table(rows);
                    case CSV -> csv(rows);
                    case JSON -> rows.formatJSON(ONE_OBJECT_PER_ROW) + "\n";
                });
        out.flush();
    }

    /** RFC 4180, except that lines end with LF alone. */
    private static String csv(Result<? extends Record> rows) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder()
                .bufferSize(0)
                .lineDelimiter(LineDelimiter.LF)
                .build(text);
        lines(rows).forEach(csv::writeRecord);
        return text.toString();
    }

    private static String table(Result<? extends Record> rows) {
        List<List<String>> lines = lines(rows);
        int[] widths = IntStream.range(0, rows.fields().length)
                .map(column -> lines.stream()
                        .mapToInt(line -> width(line.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        String rule = Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining("  "));
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < lines.size(); row++) {
            text.append(aligned(lines.get(row), widths, rows.fields())).append('\n');
            text.append(row == 0 ? rule + "\n" : "");
        }
        return text.append(rows.size() == 1 ? "1 row\n" : String.format(Locale.ROOT, "%,d rows%n", rows.size()))
                .toString();
    }

    private static String aligned(List<String> line, int[] widths, Field<?>[] fields) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> {
                    String text = line.get(column).replaceAll("\\R", " ");
                    String gap = " ".repeat(widths[column] - width(text));
                    return Number.class.isAssignableFrom(fields[column].getType()) ? gap + text : text + gap;
                })
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static int width(String text) {
        String line = text.replaceAll("\\R", " ");
        return line.codePointCount(0, line.length());
    }

    /** The header and all rows as text. */
    private static List<List<String>> lines(Result<? extends Record> rows) {
        List<List<String>> lines = new java.util.ArrayList<>();
        lines.add(Arrays.stream(rows.fields()).map(Field::getName).toList());
        rows.forEach(row -> lines.add(IntStream.range(0, row.size())
                .mapToObj(column -> text(row.get(column)))
                .toList()));
        return lines;
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number -> number.toPlainString();
            case Object[] array -> Arrays.stream(array).map(Tables::text).collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }
}
