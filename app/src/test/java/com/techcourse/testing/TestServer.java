package com.techcourse.testing;

import com.techcourse.platform.Acting;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.migration.Migrations;
import com.techcourse.platform.postgres.EmbeddedPostgres;
import com.techcourse.platform.postgres.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One server for each test JVM: the one that ships, or with {@code -DTECHCOURSE_TEST_SERVER=15} (or the environment
 * variable of that name) Debian's. Fast rather than durable, in a time zone 12:45 or 13:45 hours ahead of UTC.
 */
final class TestServer {

    static final String TEMPLATE = "techcourse";

    private static final ServerOptions OPTIONS = new ServerOptions(
            Map.of(
                    "fsync", "off",
                    "synchronous_commit", "off",
                    "full_page_writes", "off",
                    "shared_buffers", "256MB",
                    "max_connections", "200",
                    "timezone", "Pacific/Chatham"),
            installed());

    private static final EmbeddedPostgres RUNNING = start();

    static {
        givePasswords();
    }

    private TestServer() {}

    static EmbeddedPostgres running() {
        return RUNNING;
    }

    /** As a process finds it that is given its URL: both sign in alike. */
    static Database database(String name) {
        String url = RUNNING.owner().withDatabase(name).uri();
        return Database.openAsItIs(new Environment(Map.of("TECHCOURSE_DATABASE_URL", url)), message -> {});
    }

    static void givePasswords() {
        RUNNING.givePasswords();
        try (Database template = database(TEMPLATE)) {
            template.as(Acting.visitor(), application -> application.execute("select 1"));
        }
    }

    private static Optional<Path> installed() {
        String major = System.getProperty("TECHCOURSE_TEST_SERVER", System.getenv("TECHCOURSE_TEST_SERVER"));
        return major == null || major.isBlank()
                ? Optional.empty()
                : Optional.of(Path.of("/usr/lib/postgresql", major.strip()));
    }

    private static EmbeddedPostgres start() {
        try {
            Path folder = Files.createTempDirectory("techcourse-test");
            EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, "tests", message -> {}, OPTIONS);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                postgres.close();
                TemporaryFolders.delete(folder);
            }));
            Migrations.migrate(postgres.owner(), message -> {}, postgres::givePasswords);
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
