package com.techcourse.loading;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Sends a batch of students into the temporary tables by COPY, row by row, so that memory does not grow with the batch. */
final class SeedStaging {

    private static final int BUFFER = 1 << 16;

    private final Connection connection;
    private final long seed;
    private final SeedPopulation population;
    private final Instant end;

    SeedStaging(Connection connection, long seed, SeedPopulation population, Instant end) {
        this.connection = connection;
        this.seed = seed;
        this.population = population;
        this.end = end;
    }

    /** Students {@code from} to {@code to}, both included. They are drawn once for each table: cheaper than keeping them. */
    void copy(int from, int to) throws SQLException {
        copy(
                "seed_student",
                from,
                to,
                student -> Stream.of(row(
                        student.number(),
                        student.firstName(),
                        student.lastName(),
                        student.country(),
                        student.createdAt())));
        copy(
                "seed_enrollment",
                from,
                to,
                student -> student.enrollments().stream()
                        .map(e -> row(student.number(), e.course(), e.at(), e.lessonsDone())));
        copy(
                "seed_attempt",
                from,
                to,
                student -> student.enrollments().stream()
                        .flatMap(e -> e.attempts().stream()
                                .map(a -> row(
                                        student.number(),
                                        e.course(),
                                        a.number(),
                                        a.at(),
                                        a.answers(),
                                        a.points(),
                                        a.score()))));
    }

    private void copy(String table, int from, int to, Function<SeededStudent, Stream<String>> rows)
            throws SQLException {
        CopyIn copy =
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy pg_temp." + table + " from stdin");
        try {
            StringBuilder buffer = new StringBuilder(BUFFER * 2);
            for (int number = from; number <= to; number++) {
                rows.apply(SeededStudent.draw(seed, number, population, end)).forEach(buffer::append);
                if (buffer.length() >= BUFFER) {
                    send(copy, buffer);
                }
            }
            send(copy, buffer);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void send(CopyIn copy, StringBuilder buffer) throws SQLException {
        byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        buffer.setLength(0);
    }

    /** None of the values holds a tab, a line end or a backslash. */
    private static String row(Object... values) {
        StringBuilder row = new StringBuilder();
        for (Object value : values) {
            row.append(row.isEmpty() ? "" : "\t").append(value);
        }
        return row.append('\n').toString();
    }
}
