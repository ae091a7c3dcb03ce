package com.techcourse.loading.csv;

import com.techcourse.loading.StagingCopy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The file's rows in a temporary table, and what the academy makes of each before anything is written. */
final class Staging {

    private static final int PROGRESS_ROWS = 10_000;

    private final Connection connection;
    private final ImportKind kind;
    private long rows;
    private long lastLine;

    Staging(Connection connection, ImportKind kind) {
        this.connection = connection;
        this.kind = kind;
    }

    /** Who wants to know how many rows there are so far. */
    interface Progress {
        void rows(long count) throws SQLException;
    }

    void fill(InputStream file, Progress progress) throws SQLException, IOException, Unreadable {
        String columns = kind.columns().stream()
                .map(column -> column.name() + " " + column.form().sqlType())
                .collect(Collectors.joining(", "));
        CsvImport.execute(
                connection,
                "create temp table staged (line_no integer, " + columns
                        + ", column_name text, sentence text, outcome text, subject_id uuid)");
        String names = kind.columns().stream().map(Column::name).collect(Collectors.joining(", "));
        String into = "copy pg_temp.staged (line_no, " + names + ", column_name, sentence, outcome) from stdin";
        try (StagingCopy copy = new StagingCopy(connection, into)) {
            new CsvFile(kind).read(file, (line, values, column, fault) -> {
                copy.row(staged(line, values, column, fault));
                lastLine = line;
                if (++rows % PROGRESS_ROWS == 0) {
                    progress.rows(rows);
                }
            });
            copy.finish();
        }
        progress.rows(rows);
    }

    private static List<@Nullable String> staged(
            long line, List<@Nullable String> values, @Nullable String column, @Nullable String fault) {
        List<@Nullable String> row = new ArrayList<>();
        row.add(Long.toString(line));
        row.addAll(values);
        row.add(column);
        row.add(fault);
        row.add(fault == null ? null : "refused");
        return row;
    }

    /** Gives every row its outcome, as far as whole sets can tell. */
    void check() throws SQLException {
        CsvImport.execute(connection, "create unique index on pg_temp.staged (line_no)");
        CsvImport.execute(connection, "analyze pg_temp.staged");
        String key = kind.key().stream().map(name -> "lower(" + name + ")").collect(Collectors.joining(", "));
        CsvImport.execute(connection, """
                update staged s set outcome = 'refused', column_name = '%s',
                       sentence = format('The row in line %%s names the same.', t.first)
                  from (select line_no, first_value(line_no) over (partition by %s order by line_no) as first
                          from staged where outcome is null) t
                 where t.line_no = s.line_no and t.first <> s.line_no
                """.formatted(kind.key().getFirst(), key));
        CsvImport.execute(connection, script("check"));
    }

    String script(String step) {
        String name = "/loading/csv/" + kind.label() + "-" + step + ".sql";
        try (@Nullable InputStream script = Staging.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("There is no script " + name);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long rows() {
        return rows;
    }

    long lastLine() {
        return lastLine;
    }
}
