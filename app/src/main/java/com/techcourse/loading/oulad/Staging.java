package com.techcourse.loading.oulad;

import com.techcourse.loading.StagingCopy;
import com.techcourse.platform.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The first half of the import: files into temporary tables, and everything that can be wrong with them. */
final class Staging {

    private final Connection connection;
    private final Path folder;
    private final Progress progress;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<SourceFile, Long> rows = new EnumMap<>(SourceFile.class);

    Staging(Connection connection, Path folder, Progress progress) {
        this.connection = connection;
        this.folder = folder;
        this.progress = progress;
    }

    /** Rows of each file, good or not; less than 0 where the file is not there or has another shape. */
    Map<SourceFile, Long> fill() throws SQLException, IOException {
        Scripts.run(connection, "settings");
        Scripts.run(connection, "staging");
        for (SourceFile file : SourceFile.values()) {
            copy(file);
        }
        keepFindings();
        return rows;
    }

    /** Whether every file is there with every column; only then it makes sense to look at their rows together. */
    boolean isComplete() {
        return rows.values().stream().allMatch(count -> count >= 0);
    }

    void check() throws SQLException {
        for (String script : List.of("courses", "enrollments", "attempts")) {
            Phase phase = new Phase("checks: " + script);
            Scripts.run(connection, script);
            progress.say(phase.finished());
        }
    }

    private void copy(SourceFile file) throws SQLException, IOException {
        Path path = folder.resolve(file.fileName());
        long total = lines(path);
        Phase phase = new Phase(file.fileName());
        try (StagingCopy staging = new StagingCopy(connection, file.copyStatement())) {
            SourceReader reader = new SourceReader(
                    path, file, staging, findings, done -> progress.of(phase.label(done), done, total));
            rows.put(file, reader.read());
            staging.finish();
        }
        long read = Math.max(0, rows.getOrDefault(file, 0L));
        progress.of(phase.label(read), read, read);
        progress.say(phase.finished(read));
    }

    private static long lines(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return 0;
        }
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            return reader.lines().count() - 1;
        }
    }

    private void keepFindings() throws SQLException {
        String into = "copy pg_temp.oulad_findings (outcome, kind, file, line, column_name, value, reason) from stdin";
        try (StagingCopy copy = new StagingCopy(connection, into)) {
            for (Finding finding : findings) {
                copy.row(Arrays.asList(
                        "rejected",
                        finding.kind(),
                        finding.file().fileName(),
                        finding.line() == 0 ? null : Long.toString(finding.line()),
                        finding.column(),
                        finding.value(),
                        finding.reason()));
            }
            copy.finish();
        }
    }
}
