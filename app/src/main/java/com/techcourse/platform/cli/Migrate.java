package com.techcourse.platform.cli;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import picocli.CommandLine.Command;

@Command(
        name = "migrate",
        description = "Brings the database to the schema of this version. Does nothing when it is there already.",
        mixinStandardHelpOptions = true)
public final class Migrate implements Runnable {

    @Override
    public void run() {
        try (Progress progress = Progress.onStandardError();
                Database database = Database.open(Environment.ofProcess(), progress::say)) {
            progress.say("The database " + database.ownerUrl() + " is up to date.");
        }
    }
}
