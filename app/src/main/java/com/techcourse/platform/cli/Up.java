package com.techcourse.platform.cli;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.FirstStart;
import com.techcourse.platform.Progress;
import com.techcourse.platform.web.WebServer;
import java.util.Optional;
import java.util.ServiceLoader;
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
        Optional<FirstStart> sample = ServiceLoader.load(FirstStart.class).findFirst();
        sample.ifPresent(academy -> academy.load(database, progress));
        WebServer web = WebServer.start(database, environment.port());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            web.close();
            database.close();
        }));
        progress.say("TechCourse is up: http://localhost:" + web.port());
        sample.ifPresent(academy -> academy.logins(database)
                .forEach(login -> progress.say("  " + login.role() + ": " + login.email() + " / " + login.password())));
        Thread.currentThread().join();
        return 0;
    }
}
