package com.techcourse.platform.cli;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.FirstStart;
import com.techcourse.platform.Progress;
import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.platform.web.WebServer;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = {
            "Starts the academy: database, migrations, sample academy on the first start, web server.",
            "Ctrl-C stops all of it. The port is TECHCOURSE_PORT (8080); the database is TECHCOURSE_DATABASE_URL, or",
            "PostgreSQL 18 of its own in TECHCOURSE_DATA (~/.local/share/techcourse)."
        },
        mixinStandardHelpOptions = true)
public final class Up implements Callable<Integer> {

    @Option(names = "--empty", description = "Without the sample academy.")
    private boolean empty;

    @Option(
            names = "--sample",
            hidden = true,
            description = "The sample academy also into a server of its own, when it is empty.")
    private boolean sample;

    @Option(names = "--rehearse", hidden = true, description = "Reads the public pages once and stops.")
    private boolean rehearsal;

    @Override
    public Integer call() throws Exception {
        Environment environment = Environment.ofProcess();
        Progress progress = Progress.onStandardError();
        WebPort.refuseTaken(environment);
        CompletableFuture<Database> opening = CompletableFuture.supplyAsync(
                () -> open(environment, progress), Thread.ofPlatform().name("open-database")::start);
        WebServer web = webServer(environment, opening);
        Database database = opening.join();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(progress, web, database)));
        Welcome.of(database, first(environment), web.port(), environment).print(System.out);
        if (rehearsal) {
            Rehearsal.at(web.port());
            return 0;
        }
        Thread.currentThread().join();
        return 0;
    }

    private Database open(Environment environment, Progress progress) {
        String who = "TechCourse at http://localhost:" + environment.port();
        Database database = Database.openForAcademy(environment, who, progress::say);
        try {
            first(environment).load(database, progress);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private FirstStart first(Environment environment) {
        return isDemo(environment)
                ? ServiceLoader.load(FirstStart.class).findFirst().orElse(FirstStart.EMPTY)
                : FirstStart.EMPTY;
    }

    private boolean isDemo(Environment environment) {
        return !empty && (sample || environment.databaseUrl().isEmpty());
    }

    /** Comes up while the database does; a request that needs the database waits for it. */
    private WebServer webServer(Environment environment, CompletableFuture<Database> opening) {
        try {
            return WebServer.start(opening, environment.port(), settings(environment));
        } catch (RuntimeException e) {
            closeOpened(opening);
            throw e;
        }
    }

    /** The sample academy on a database of its own is a demo: it shows letters instead of sending them. */
    private Map<String, Object> settings(Environment environment) {
        Map<String, Object> settings = environment.webSettings();
        environment.secretKey().ifPresent(key -> settings.put("techcourse.secret-key", key));
        settings.put("techcourse.secret-keys-before", String.join("\n", environment.secretKeysBefore()));
        settings.put("techcourse.demo", isDemo(environment));
        return settings;
    }

    private static void closeOpened(CompletableFuture<Database> opening) {
        try {
            opening.join().close();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof DatabaseProblem problem) {
                throw problem;
            }
        }
    }

    private static void stop(Progress progress, WebServer web, Database database) {
        progress.say("Stopping ...");
        web.close();
        database.close();
        progress.say("Stopped. Everything is on disk.");
    }
}
