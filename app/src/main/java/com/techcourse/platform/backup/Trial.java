package com.techcourse.platform.backup;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.platform.programs.Folders;
import com.techcourse.platform.programs.PrivateFile;
import com.techcourse.platform.programs.SystemUser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jooq.exception.DataAccessException;

/**
 * A backup of pgBackRest, restored into a folder that is thrown away, and started there as a server of its own.
 *
 * @param owner of the academy that was backed up; the same person signs in to the copy
 */
public record Trial(PgBackRest archive, Path scratch, DatabaseUrl owner) {

    /** Restores, asks, and notes the answer in the academy. */
    public TrialOutcome of(TakenBackup backup) throws IOException, InterruptedException {
        TrialOutcome outcome = new TrialOutcome(backup, faults(backup));
        try (Database academy = open(owner)) {
            new BackupLog(academy).verified(backup, outcome.faults().size());
        }
        return outcome;
    }

    /** A backup that cannot be restored, or does not start, is as bad as one whose books differ. */
    private List<String> faults(TakenBackup backup) throws IOException, InterruptedException {
        Path files = scratch.resolve("postgresql");
        makeRoom(files);
        try {
            archive.restore(backup, files);
            try (TemporaryServer server = TemporaryServer.onItsOwn(files, scratch.resolve("run"), owner);
                    Database restored = open(server.url())) {
                return new RestoredAcademy(restored).faults();
            }
        } catch (CommandProblem | DatabaseProblem problem) {
            return List.of(String.valueOf(problem.getMessage()));
        } catch (DataAccessException problem) {
            return List.of("the restored database does not answer: SQLSTATE " + problem.sqlState());
        } finally {
            Folders.delete(scratch);
        }
    }

    private void makeRoom(Path files) throws IOException {
        Folders.delete(scratch);
        PrivateFile.folder(scratch);
        PrivateFile.folder(scratch.resolve("run"));
        PrivateFile.folder(files);
        SystemUser.current().own(scratch);
    }

    private static Database open(DatabaseUrl url) {
        return Database.openAsItIs(new Environment(Map.of("TECHCOURSE_DATABASE_URL", url.uri())), _ -> {});
    }
}
