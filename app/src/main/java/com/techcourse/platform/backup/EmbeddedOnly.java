package com.techcourse.platform.backup;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Environment;
import java.nio.file.Path;

/** These commands are about the data folder of the embedded PostgreSQL; a server of one's own has its own tools. */
final class EmbeddedOnly {

    private EmbeddedOnly() {}

    static Path dataFolder(Environment environment) {
        if (environment.databaseUrl().isPresent()) {
            throw new CommandProblem(
                    "TECHCOURSE_DATABASE_URL names a server of your own, which TechCourse does not back up.",
                    "Use pgBackRest there, as docs/operations.md tells, or the backups of your cloud; list and verify work where TECHCOURSE_PGBACKREST names its configuration.");
        }
        return environment.dataFolder();
    }
}
