package com.techcourse.loading.oulad;

import com.techcourse.loading.oulad.ImportReport.State;
import com.techcourse.loading.oulad.Writing.Step;
import com.techcourse.platform.Progress;
import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Imports the Open University data. One connection of the owner, who acts as {@code techcourse_loader}. */
public final class OuladImport {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DatabaseUrl owner;
    private final Progress progress;

    public OuladImport(DatabaseUrl owner, Progress progress) {
        this.owner = owner;
        this.progress = progress;
    }

    /**
     * @param partial keeps the good rows; otherwise one rejected row is enough to write nothing
     * @param dryRun writes, lets every rule check, and takes it back
     * @param report where every single finding goes, as CSV
     */
    public record Options(boolean partial, boolean dryRun, Optional<Path> report) {

        public static final Options DEFAULT = new Options(false, false, Optional.empty());
    }

    public ImportReport run(Path folder, Options options) {
        if (!Files.isDirectory(folder)) {
            throw new DatabaseProblem(
                    "There is no folder " + folder + ".",
                    "Give the folder that holds courses.csv and the other four files.");
        }
        try (Connection connection = owner.connect()) {
            takeTurn(connection);
            return run(connection, folder, options);
        } catch (SQLException e) {
            throw new DatabaseProblem(
                    "The database stopped the import: " + firstLine(e) + " Nothing was written.",
                    "Put that right and run the import again; it starts from the beginning.",
                    e);
        } catch (IOException e) {
            throw new DatabaseProblem(
                    "A file could not be read or written: " + e.getMessage() + ". Nothing was written.",
                    "Put that right and run the import again; it starts from the beginning.",
                    e);
        }
    }

    private ImportReport run(Connection connection, Path folder, Options options) throws SQLException, IOException {
        Phase whole = new Phase("import");
        Scripts.execute(connection, "set role techcourse_loader");
        Staging staging = new Staging(connection, folder, progress);
        Map<SourceFile, Long> rows = staging.fill();
        if (staging.isComplete()) {
            staging.check();
        }
        Findings findings = new Findings(connection);
        long rejected = findings.rejected();
        boolean refused = !staging.isComplete() || rejected > 0 && !options.partial();
        Map<Step, Integer> written = refused ? Map.of() : new Writing(connection, progress).write(options.dryRun());
        Duration took = whole.elapsed();
        if (options.report().isPresent()) {
            findings.writeTo(options.report().get());
        }
        State state = state(refused, written, options);
        if (state == State.DONE) {
            refreshStatistics(connection);
        }
        return new ImportReport(
                state, rejected, Findings.byTable(written), took, findings.summary(rows, written, options.dryRun()));
    }

    private static State state(boolean refused, Map<Step, Integer> written, Options options) {
        if (refused) {
            return State.REFUSED;
        }
        if (options.dryRun()) {
            return State.TRIED;
        }
        return written.values().stream().allMatch(count -> count == 0) ? State.NOTHING_NEW : State.DONE;
    }

    /** Waits a moment: the session of an import that has just ended may still hold its lock. */
    private static void takeTurn(Connection connection) throws SQLException {
        try {
            Scripts.execute(connection, "set lock_timeout = '3s'");
            Scripts.execute(connection, "select pg_advisory_lock(hashtext('loading.oulad'))");
            Scripts.execute(connection, "reset lock_timeout");
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new DatabaseProblem(
                        "Another import of the Open University data is running.",
                        "Wait until it ends, then try again.",
                        e);
            }
            throw e;
        }
    }

    /** The partitioned parent is never analysed by itself. */
    private void refreshStatistics(Connection connection) throws SQLException {
        Phase phase = new Phase("statistics");
        Scripts.execute(connection, "reset role");
        Scripts.run(connection, "statistics");
        progress.say(phase.finished());
    }

    private static String firstLine(SQLException e) {
        String message = e.getMessage() == null ? e.getSQLState() : e.getMessage();
        return String.valueOf(message).lines().findFirst().orElse("") + ".";
    }
}
