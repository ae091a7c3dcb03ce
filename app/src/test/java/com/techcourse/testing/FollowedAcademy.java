package com.techcourse.testing;

import com.techcourse.platform.Acting;
import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.platform.migration.Migrations;
import com.techcourse.platform.postgres.EmbeddedPostgres;
import com.techcourse.platform.postgres.ServerOptions;
import com.techcourse.platform.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An academy of one node on a server of its own, which a real standby follows, and which reads there too. */
public final class FollowedAcademy implements AutoCloseable {

    private static final String TOKEN = "followed-%034d";
    private static final String CSRF = "0b8a7c2e-5d1f-4c3b-9a76-1f2e3d4c5b6a";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path folder;
    private final EmbeddedPostgres primary;
    private final StreamingStandby standby;
    private final Database database;
    private final WebServer node;

    private FollowedAcademy(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.primary = EmbeddedPostgres.start(
                folder,
                "tests",
                message -> {},
                new ServerOptions(
                        Map.of("fsync", "off", "archive_mode", "off", "shared_buffers", "64MB"),
                        Optional.of(StreamingStandby.INSTALLED)));
        Migrations.migrate(primary.owner(), message -> {}, primary::givePasswords);
        Files.writeString(
                folder.resolve("postgresql/pg_hba.conf"),
                "host replication all 127.0.0.1/32 scram-sha-256\n",
                StandardOpenOption.APPEND);
        try (Sql superuser = superuser()) {
            superuser.run("select pg_reload_conf()");
        }
        this.standby = StreamingStandby.of(primary.superuser());
        this.database = Database.openAsItIs(
                new Environment(Map.of(
                        "TECHCOURSE_DATABASE_URL", primary.owner().uri(), "TECHCOURSE_REPLICA", standby.address())),
                message -> {});
        this.database.as(Acting.visitor(), application -> application.execute("select 1"));
        this.database.owner().execute("select platform.ensure_partitions()");
        people();
        this.node = WebServer.start(
                CompletableFuture.completedFuture(database), 0, Map.of("techcourse.requests-per-minute", 1_000_000));
    }

    public static FollowedAcademy start() throws IOException, InterruptedException {
        return new FollowedAcademy(Files.createTempDirectory("followed-academy"));
    }

    /** One for each of the roles that are asked for here, with the sessions 1 (admin) and 2 (accountant). */
    private void people() {
        database.owner().transaction(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            for (String statement : PEOPLE.split(";\n")) {
                transaction.dsl().execute(statement);
            }
        });
        session(1, "admin");
        session(2, "accountant");
    }

    private static final String PEOPLE = """
            insert into identity.users (id, email, display_name, email_verified_at)
            select platform.uuid_v7_of('2026-01-01Z', who), who || '@academy.example', who, now()
              from unnest(array['admin', 'accountant']) who;
            insert into identity.user_roles (user_id, role)
            select platform.uuid_v7_of('2026-01-01Z', who), who from unnest(array['admin', 'accountant']) who
            """;

    private void session(int number, String role) {
        database.owner()
                .execute(
                        "select identity.open_session(sha256(convert_to(?, 'UTF8')), platform.uuid_v7_of('2026-01-01Z', ?), ?, interval '1 hour', 'test', null)",
                        TOKEN.formatted(number),
                        role,
                        role);
    }

    public StreamingStandby standby() {
        return standby;
    }

    public Database database() {
        return database;
    }

    public Sql superuser() {
        return Sql.connect(primary.superuser());
    }

    /** Body of an answer with 200 or 201. */
    public String visitor(String path) throws IOException, InterruptedException {
        return ask(0, "GET", path, null);
    }

    public String admin(String method, String path, @Nullable String json) throws IOException, InterruptedException {
        return ask(1, method, path, json);
    }

    public String accountant(String path) throws IOException, InterruptedException {
        return ask(2, "GET", path, null);
    }

    private String ask(int session, String method, String path, @Nullable String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json))
                .header("Content-Type", "application/json");
        if (session > 0) {
            request.header("Cookie", "techcourse_session=" + TOKEN.formatted(session) + "; techcourse_csrf=" + CSRF)
                    .header("X-CSRF-Token", CSRF);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(path + " " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Reads that the server has answered, for that reason. */
    public double reads(String server, String reason) throws IOException, InterruptedException {
        String line = "techcourse_recent_reads_total{reason=\"" + reason + "\",server=\"" + server + "\"} ";
        return visitor("/actuator/prometheus")
                .lines()
                .filter(metric -> metric.startsWith(line))
                .mapToDouble(metric -> Double.parseDouble(metric.substring(line.length())))
                .sum();
    }

    public double readsOfStandby() throws IOException, InterruptedException {
        return reads("standby", "");
    }

    @Override
    public void close() throws InterruptedException {
        node.close();
        database.close();
        standby.close();
        primary.close();
        TemporaryFolders.delete(folder);
    }
}
