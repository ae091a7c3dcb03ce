package com.techcourse.loading.oulad;

import com.techcourse.loading.StagingCopy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads one file row by row: rows that fit go to the staging table, every fault becomes a finding with its line. */
final class SourceReader {

    private static final int PROGRESS_ROWS = 4096;
    private static final int BROKEN_QUOTES_READ_PAST = 100;
    private static final CsvReader.CsvReaderBuilder CSV = CsvReader.builder()
            .skipEmptyLines(false)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .detectBomHeader(true);

    private final Path path;
    private final SourceFile file;
    private final StagingCopy staging;
    private final List<Finding> findings;
    private final LongConsumer progress;
    private @Nullable Header header;
    private long line;
    private long rows;
    private boolean usable = true;

    SourceReader(Path path, SourceFile file, StagingCopy staging, List<Finding> findings, LongConsumer progress) {
        this.path = path;
        this.file = file;
        this.staging = staging;
        this.findings = findings;
        this.progress = progress;
    }

    /** How many rows the file has, good or not; or -1 when it is not there or has another shape. */
    long read() throws IOException, SQLException {
        if (!Files.isRegularFile(path)) {
            findings.add(Finding.ofFile("missing file", file, "", "There is no file " + path + "."));
            return -1;
        }
        int brokenQuotes = 0;
        while (usable && !readOn()) {
            boolean last = ++brokenQuotes == BROKEN_QUOTES_READ_PAST;
            findings.add(brokenQuote(last));
            rows++;
            line++;
            usable &= !last;
        }
        if (usable && header == null) {
            findings.add(Finding.ofFile(
                    "missing column", file, file.columns().getFirst().name(), "The file is empty."));
            return -1;
        }
        return header == null ? -1 : rows;
    }

    /** Reads from the line after {@link #line} to the end; false when a broken quote came first, in the next line. */
    private boolean readOn() throws IOException, SQLException {
        long skipped = line;
        try (CsvReader<CsvRecord> csv = CSV.ofCsvRecord(path)) {
            csv.skipLines(Math.toIntExact(skipped));
            for (CsvRecord csvRecord : csv) {
                // no value of these files has several lines, so a line break in one is a quote that was never closed
                if (csvRecord.getFields().stream().anyMatch(value -> value.indexOf('\n') >= 0)) {
                    return false;
                }
                line = csvRecord.getStartingLineNumber();
                take(csvRecord);
                if (!usable) {
                    return true;
                }
            }
            return true;
        } catch (CsvParseException e) {
            return false;
        }
    }

    private Finding brokenQuote(boolean last) {
        String reason = "A quotation mark is not closed, or stands where none may stand."
                + (last
                        ? " There were " + BROKEN_QUOTES_READ_PAST + " of these; the rest of the file was not read."
                        : "");
        return new Finding("broken quote", file, line + 1, "", "", reason);
    }

    private void take(CsvRecord csvRecord) throws SQLException {
        Header known = header;
        if (known == null) {
            List<Finding> faults = Header.faults(csvRecord, file);
            findings.addAll(faults);
            usable = faults.isEmpty();
            header = usable ? Header.of(csvRecord, file) : null;
        } else if (csvRecord.getFieldCount() > 1 || !csvRecord.getField(0).isBlank()) {
            rows++;
            if (rows % PROGRESS_ROWS == 0) {
                progress.accept(rows);
            }
            row(csvRecord, known);
        }
    }

    private void row(CsvRecord csvRecord, Header known) throws SQLException {
        if (csvRecord.getFieldCount() != known.width()) {
            findings.add(new Finding(
                    "wrong number of values",
                    file,
                    line,
                    "",
                    String.join(",", csvRecord.getFields()),
                    "The line has " + csvRecord.getFieldCount() + " values, the first line names " + known.width()
                            + "."));
            return;
        }
        @Nullable String[] staged = new @Nullable String[file.columns().size() + 1];
        int width = 0;
        staged[width++] = Long.toString(line);
        boolean good = true;
        for (int i = 0; i < known.positions().length; i++) {
            SourceFile.Column column = file.columns().get(i);
            String value = csvRecord.getField(known.positions()[i]).strip();
            String fault = column.values().fault(value);
            if (fault != null) {
                findings.add(new Finding("wrong value", file, line, column.name(), value, fault));
                good = false;
            } else if (column.values().isStaged()) {
                staged[width++] = Values.isUnknown(value) ? null : value;
            }
        }
        if (good) {
            staging.row(new ArrayList<>(Arrays.asList(staged).subList(0, width)));
        }
    }
}
