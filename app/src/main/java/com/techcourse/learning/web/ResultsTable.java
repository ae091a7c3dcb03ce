package com.techcourse.learning.web;

import com.techcourse.learning.web.Results.Row;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Results as CSV (RFC 4180). */
final class ResultsTable {

    static final int MOST_ROWS = 100_000;

    private static final String HEADING =
            "attempt_id,student_id,student_name,attempt_no,quiz_version,status,started_at,submitted_at,late,score,passing_score,passed,graded_at\r\n";

    private ResultsTable() {}

    static String of(List<Row> rows) {
        return rows.stream().map(ResultsTable::line).collect(Collectors.joining("", HEADING, ""));
    }

    private static String line(Row row) {
        return Stream.of(
                                row.attemptId(),
                                row.studentId(),
                                row.studentName(),
                                row.attemptNo(),
                                row.quizVersion(),
                                row.status(),
                                row.startedAt(),
                                row.submittedAt(),
                                row.late(),
                                row.score(),
                                row.passingScore(),
                                row.passed(),
                                row.gradedAt())
                        .map(ResultsTable::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        // a spreadsheet would compute a name that begins like a formula
        String safe = text.matches("(?s)[=+@\\t\\r-].*") && value instanceof String ? "'" + text : text;
        return safe.matches("(?s).*[\",\\r\\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
