package com.techcourse.loading.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file (RFC 4180) in UTF-8, with or without a byte order mark, with either kind of line end, read row by row.
 * Each row goes on with its line and its first fault.
 */
final class CsvFile {

    private static final CsvReader.CsvReaderBuilder CSV =
            CsvReader.builder().skipEmptyLines(true).allowExtraFields(true).allowMissingFields(true);

    private final ImportKind kind;
    private int[] positions = new int[0];
    private int width;

    CsvFile(ImportKind kind) {
        this.kind = kind;
    }

    /** Where the rows go. */
    interface Rows {
        void row(long line, List<@Nullable String> values, @Nullable String column, @Nullable String fault)
                throws SQLException;
    }

    void read(InputStream in, Rows rows) throws IOException, SQLException, Unreadable {
        try (CsvReader<CsvRecord> csv = CSV.ofCsvRecord(text(in))) {
            Iterator<CsvRecord> records = csv.iterator();
            if (!records.hasNext()) {
                throw new Unreadable("The file is empty; its first line must name the columns.");
            }
            header(records.next());
            while (records.hasNext()) {
                row(records.next(), rows);
            }
        } catch (CsvParseException e) {
            if (isNoUtf8(e)) {
                throw notUtf8();
            }
            throw new Unreadable("The file is no CSV: a quotation mark is not closed, or stands where none may stand.");
        } catch (UncheckedIOException e) {
            if (isNoUtf8(e)) {
                throw notUtf8();
            }
            throw e.getCause();
        } catch (CharacterCodingException e) {
            throw notUtf8();
        }
    }

    private static boolean isNoUtf8(Throwable failure) {
        return failure.getCause() != null
                && (failure.getCause() instanceof CharacterCodingException || isNoUtf8(failure.getCause()));
    }

    private static Unreadable notUtf8() {
        return new Unreadable("The file is not in UTF-8.");
    }

    private static Reader text(InputStream in) throws IOException {
        PushbackReader reader = new PushbackReader(new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        int first = reader.read();
        if (first >= 0 && first != '\uFEFF') {
            reader.unread(first);
        }
        return reader;
    }

    private void header(CsvRecord first) throws Unreadable {
        List<String> names = first.getFields().stream().map(String::strip).toList();
        List<String> known = kind.columns().stream().map(Column::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new Unreadable("The columns are " + String.join(", ", known) + "; another is not known here.");
            }
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new Unreadable("The first line names the column " + name + " twice.");
            }
        }
        for (Column column : kind.columns()) {
            if (column.required() && !names.contains(column.name())) {
                throw new Unreadable("The first line must name the column " + column.name() + ".");
            }
        }
        width = names.size();
        positions = known.stream().mapToInt(names::indexOf).toArray();
    }

    /** Nothing of a faulty row is kept but its line. */
    private void row(CsvRecord csvRecord, Rows rows) throws SQLException {
        long line = csvRecord.getStartingLineNumber();
        if (csvRecord.getFieldCount() != width) {
            String fault = "The line has " + csvRecord.getFieldCount() + " values, the first line names " + width + ".";
            rows.row(line, nothing(), null, fault);
            return;
        }
        List<@Nullable String> values = nothing();
        for (int i = 0; i < positions.length; i++) {
            Column column = kind.columns().get(i);
            String value =
                    positions[i] < 0 ? "" : csvRecord.getField(positions[i]).strip();
            String fault = column.fault(value);
            if (fault != null) {
                rows.row(line, nothing(), column.name(), fault);
                return;
            }
            values.set(i, value.isEmpty() ? null : value);
        }
        rows.row(line, values, null, null);
    }

    private List<@Nullable String> nothing() {
        return Arrays.asList(new @Nullable String[positions.length]);
    }
}
