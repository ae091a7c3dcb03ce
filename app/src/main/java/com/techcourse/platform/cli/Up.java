package com.techcourse.platform.cli;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.Progress;
import com.techcourse.platform.web.WebServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "up",
        description = "Starts the academy: database, migrations, web server. Ctrl-C stops all of it.",
        mixinStandardHelpOptions = true)
public final class Up implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        Environment environment = Environment.ofProcess();
        Progress progress = Progress.onStandardError();
        Database database = Database.open(environment, progress::say);
        WebServer web = WebServer.start(database, environment.port());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            web.close();
            database.close();
        }));
        progress.say("TechCourse is up: http://localhost:" + web.port());
        Thread.currentThread().join();
        return 0;
    }
}
