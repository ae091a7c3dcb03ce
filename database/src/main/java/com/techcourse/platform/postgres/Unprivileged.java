package com.techcourse.platform.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. As root its programs run inside a user namespace of their own ({@code unshare
 * -U}), where they are nobody and yet own the files.
 */
final class Unprivileged {

    private Unprivileged() {}

    static List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(List.of("unshare", "-U", "--"));
        }
        whole.addAll(command);
        return whole;
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    static void refuseIfImpossible() {
        if (!isRoot()) {
            return;
        }
        try {
            if (new ProcessBuilder("unshare", "-U", "--", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0) {
                return;
            }
        } catch (IOException e) {
            // no such program: the same way out
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new DatabaseProblem(
                "PostgreSQL does not run as root, and this machine allows root no user namespace (unshare -U).",
                "Start TechCourse as an ordinary user, or set TECHCOURSE_DATABASE_URL.");
    }
}
