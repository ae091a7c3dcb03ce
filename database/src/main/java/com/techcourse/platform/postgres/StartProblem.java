package com.techcourse.platform.postgres;

/** Why a server did not start, in a sentence. */
final class StartProblem {

    private StartProblem() {}

    static DatabaseProblem of(DataFolder folder, Exception failure) {
        String output =
                failure instanceof ServerStartFailed start ? start.output() : String.valueOf(failure.getMessage());
        if (output.contains("No space left on device") || output.contains("Disk quota exceeded")) {
            return new DatabaseProblem(
                    "The disk of the data folder " + folder.path() + " is full.",
                    "Free some space and start again; nothing that was reported as done is lost.",
                    failure);
        }
        if (output.contains("Permission denied")) {
            return new DatabaseProblem(
                    "PostgreSQL may not enter or write the data folder " + folder.path() + ".",
                    "Give the folder and all in it to the user who starts TechCourse, or set TECHCOURSE_DATA to a folder of your own.",
                    failure);
        }
        if (output.contains("could not look up effective user")) {
            return new DatabaseProblem(
                    "PostgreSQL needs a user with an account, and this one has none in /etc/passwd.",
                    "Start TechCourse as a user with an account (root will do), or set TECHCOURSE_DATABASE_URL.",
                    failure);
        }
        return new DatabaseProblem(
                "PostgreSQL did not start on " + folder.path() + ": "
                        + output.lines().findFirst().orElse("no output"),
                "The whole story is in " + folder.log() + ".",
                failure);
    }
}
