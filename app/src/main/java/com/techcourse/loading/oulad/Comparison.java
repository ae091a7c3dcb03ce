package com.techcourse.loading.oulad;

import com.techcourse.platform.Progress;
import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * The import beside plain {@code COPY} of the same files into tables without key, rule or index, in one run, on one
 * server: three copies, the middle one counts, then the import from the first byte read to the commit.
 */
public final class Comparison {

    private static final String SCRATCH = "techcourse_plain_copy";
    private static final int COPIES = 3;

    private final DatabaseUrl owner;
    private final OuladImport oulad;
    private final Progress progress;
    private Duration lastCopy = Duration.ZERO;

    public Comparison(DatabaseUrl owner, OuladImport oulad, Progress progress) {
        this.owner = owner;
        this.oulad = oulad;
        this.progress = progress;
    }

    public ImportReport run(Path folder, OuladImport.Options options) {
        long[] nanos = new long[COPIES];
        long rows = 0;
        for (int i = 0; i < COPIES; i++) {
            rows = copy(folder);
            nanos[i] = lastCopy.toNanos();
            progress.say(Phase.line("plain COPY", rows, lastCopy));
        }
        Arrays.sort(nanos);
        ImportReport report = oulad.run(folder, options);
        double slower = (double) report.took().toNanos() / nanos[COPIES / 2];
        progress.say(String.format(
                Locale.ROOT,
                "Import: %,d rows in %.2f s. Plain COPY: %.2f s. The import runs at 1/%.1f of plain COPY's rate.%s",
                rows,
                report.took().toNanos() / 1e9,
                nanos[COPIES / 2] / 1e9,
                slower,
                report.state() == ImportReport.State.NOTHING_NEW ? " (It had nothing to write.)" : ""));
        return report;
    }

    private long copy(Path folder) {
        try (Connection connection = owner.connect()) {
            Scripts.execute(connection, "drop schema if exists " + SCRATCH + " cascade");
            Scripts.execute(connection, "create schema " + SCRATCH);
            for (SourceFile file : SourceFile.values()) {
                Scripts.execute(connection, bareTable(file));
            }
            connection.setAutoCommit(false);
            Phase phase = new Phase("copy");
            long rows = 0;
            for (SourceFile file : SourceFile.values()) {
                rows += copy(connection, folder, file);
            }
            connection.commit();
            lastCopy = phase.elapsed();
            connection.setAutoCommit(true);
            Scripts.execute(connection, "drop schema " + SCRATCH + " cascade");
            return rows;
        } catch (SQLException | IOException e) {
            throw new DatabaseProblem(
                    "Plain COPY of the files failed: " + e.getMessage(),
                    "Run the import without --compare; it names the fault.",
                    e);
        }
    }

    private static String bareTable(SourceFile file) {
        return file.columnNames().stream()
                .map(name -> name + " text")
                .collect(Collectors.joining(", ", "create table " + SCRATCH + "." + file.name() + " (", ")"));
    }

    private static long copy(Connection connection, Path folder, SourceFile file) throws SQLException, IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(file.fileName()))) {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + SCRATCH + "." + file.name() + " from stdin (format csv, header)", in);
        }
    }
}
