package com.techcourse.platform.programs;

import com.techcourse.platform.CommandProblem;
import java.nio.file.Path;
import java.util.List;

/** As whom the cluster's programs run: whoever calls, and {@code postgres} where that is root. */
public record SystemUser(String name) {

    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    public static SystemUser current() {
        return new SystemUser(isRoot() ? "postgres" : System.getProperty("user.name"));
    }

    /** The words before a command that is to run as this user. */
    public List<String> as() {
        return isRoot() ? List.of("setpriv", "--reuid=" + name, "--regid=" + name, "--init-groups") : List.of();
    }

    /** Gives a folder and all in it to this user, who must be able to come there. */
    public void own(Path folder) {
        if (!isRoot()) {
            return;
        }
        Run.of("chown", "-R", name + ":", folder.toString()).orRefuse("Giving " + folder + " to " + name);
        if (!Run.of("setpriv", "--reuid=" + name, "--regid=" + name, "--init-groups", "test", "-x", folder.toString())
                .succeeded()) {
            throw new CommandProblem(
                    "The system's user " + name + ", as whom the cluster runs, may not enter " + folder + ".",
                    "Set TECHCOURSE_DATA to a folder whose parents everybody may enter, such as /var/lib/techcourse.");
        }
    }
}
