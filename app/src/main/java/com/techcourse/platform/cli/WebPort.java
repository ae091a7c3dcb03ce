package com.techcourse.platform.cli;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.Environment;
import com.techcourse.platform.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;

/** Looks at the port before anything is started. */
final class WebPort {

    private WebPort() {}

    static void refuseTaken(Environment environment) {
        int port = environment.port();
        try (ServerSocket socket = new ServerSocket(port)) {
            socket.getLocalPort();
        } catch (IOException e) {
            if (environment.databaseUrl().isEmpty()) {
                EmbeddedPostgres.refuseInUse(environment.dataFolder());
            }
            throw new CommandProblem(
                    "The port " + port + " is taken by another program.",
                    "End that program, or choose another port: TECHCOURSE_PORT=" + (port + 1) + " ./techcourse up");
        }
    }
}
