package com.techcourse.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.postgres.EmbeddedPostgres;
import com.techcourse.testing.Eventually;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TechCourseProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real academy, killed between facts and their delivery. */
@Tag("embedded")
class KilledSenderTest {

    @TempDir
    Path folder;

    @Test
    void everyCommittedFactIsToldAndNoOther() throws Exception {
        Set<String> committed = new ConcurrentSkipListSet<>();
        try (Receiver receiver = new Receiver(() -> 200)) {
            try (TechCourseProcess academy = up();
                    EmbeddedPostgres joined = EmbeddedPostgres.joinOrStart(folder, "test", message -> {});
                    Sql owner = Sql.connect(joined.owner())) {
                subscribe(owner, receiver.url());
                Eventually.isTrue("some are told", () -> {
                    facts(owner, committed);
                    return receiver.messages.size() > 20;
                });
                facts(owner, committed);
                academy.kill();
            }
            try (TechCourseProcess again = up();
                    EmbeddedPostgres joined = EmbeddedPostgres.joinOrStart(folder, "test", message -> {});
                    Sql owner = Sql.connect(joined.owner())) {
                assertThat(again.port()).isPositive();
                // the leases of the dead run out, rather sooner than in half a minute
                owner.transaction(sql -> sql.run(
                        "update platform.webhook_deliveries set locked_until = now() where locked_until > now()"));
                Eventually.isTrue("all are told", () -> told(receiver).size() >= committed.size());
            }
            assertThat(told(receiver)).isEqualTo(committed);
        }
    }

    private TechCourseProcess up() throws Exception {
        int port = TechCourseProcess.freePort();
        TechCourseProcess academy = TechCourseProcess.start(
                Map.of(
                        "TECHCOURSE_DATA", folder.toString(),
                        "TECHCOURSE_PORT", Integer.toString(port),
                        "TECHCOURSE_WEBHOOKS_TO_LOOPBACK", "yes"),
                port,
                "up",
                "--empty");
        academy.awaitOutput("TechCourse is up");
        return academy;
    }

    private static void subscribe(Sql owner, String url) {
        UUID webhook = owner.transaction(sql -> {
            sql.run("set local role techcourse_loader");
            UUID admin = sql.uuid(
                    "insert into identity.users (email, display_name) values ('admin@example.org', 'Admin') returning id");
            return sql.uuid(
                    "insert into platform.webhooks (url, topics, created_by) values (?, array['user.created.v1'], ?) returning id",
                    url,
                    admin);
        });
        // as it lay there before secrets were sealed
        owner.transaction(sql -> {
            sql.run("set local role techcourse_gatekeeper");
            return sql.run(
                    "insert into platform.webhook_secrets (webhook_id, secret, sealed) values (?, sha256('a secret'), false)",
                    webhook);
        });
    }

    /** Ten people who are there, and one who was taken back. */
    private static void facts(Sql owner, Set<String> committed) {
        for (int n = 0; n < 10; n++) {
            committed.add(owner.transaction(KilledSenderTest::newPerson).toString());
        }
        owner.andBack(KilledSenderTest::newPerson);
    }

    private static UUID newPerson(Sql sql) {
        sql.run("set local role techcourse_loader");
        return sql.uuid(
                "insert into identity.users (email, display_name) values (gen_random_uuid() || '@example.org', 'Somebody') returning id");
    }

    private static Set<String> told(Receiver receiver) {
        List<Receiver.Message> messages = List.copyOf(receiver.messages);
        return messages.stream()
                .map(message -> message.json().path("data").path("user_id").asString())
                .collect(Collectors.toCollection(ConcurrentSkipListSet::new));
    }
}
