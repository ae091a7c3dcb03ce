package com.techcourse.learning.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.testing.TechCourseProcess;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hundred thousand events leave an academy whose memory could not hold their statements. */
@Tag("embedded")
class ManyStatementsTest {

    private static final int EVENTS = 100_000;
    private static final String SESSION = "m".repeat(43);
    private static final String SMALL_HEAP = "-Xmx112m";

    @TempDir
    private Path folder;

    @Test
    void allAreDownloadedAlthoughTheMemoryIsSmall() throws Exception {
        UUID student;
        try (Database database = Database.open(new Environment(Map.of("TECHCOURSE_DATA", folder.toString())))) {
            student = student(database.owner());
        }
        int port = TechCourseProcess.freePort();
        Map<String, String> environment = Map.of(
                "TECHCOURSE_DATA", folder.toString(),
                "TECHCOURSE_PORT", Integer.toString(port),
                "JAVA_TOOL_OPTIONS", SMALL_HEAP);
        try (TechCourseProcess academy = TechCourseProcess.start(environment, port, "up", "--empty")) {
            academy.awaitOutput("TechCourse is up");
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/api/v1/me/xapi-statements.ndjson"))
                    .header("Cookie", "techcourse_session=" + SESSION)
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                // closed before the client, which waits for what is not read
                try (InputStream body = answer.body()) {
                    assertThat(answer.statusCode()).as(academy.output()).isEqualTo(200);
                    assertThat(statements(body, student, "http://127.0.0.1:" + port))
                            .isEqualTo(EVENTS);
                }
            }
        }
    }

    /** Each is a statement of its own, in the order of time; one in a hundred is looked at closely. */
    private static int statements(InputStream body, UUID student, String base) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        Set<String> ids = new HashSet<>();
        Instant before = Instant.EPOCH;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String id = line.replaceFirst("^\\{\"id\":\"([^\"]*)\".*", "$1");
            assertThat(ids.add(id)).isTrue();
            if (ids.size() % 100 == 1) {
                JsonNode statement = JsonMapper.shared().readTree(line);
                XapiStatements.check(statement, base);
                assertThat(statement.path("actor").path("account").path("name").asString())
                        .isEqualTo(student.toString());
                Instant at = Instant.parse(statement.path("timestamp").asString());
                assertThat(at).isAfter(before);
                before = at;
            }
        }
        return ids.size();
    }

    private static UUID student(DSLContext owner) {
        UUID student = owner.transactionResult(transaction -> {
            DSLContext dsl = transaction.dsl();
            dsl.execute("set local role techcourse_loader");
            UUID id = dsl.fetchSingle(
                            "insert into identity.users (email, display_name) values ('much@many.example', 'Much') returning id")
                    .get(0, UUID.class);
            dsl.execute("insert into identity.user_roles (user_id, role) values (?, 'student')", id);
            dsl.execute("""
                    insert into learning.events (student_id, occurred_at, kind, payload)
                    select ?, date_trunc('second', now()) - n * interval '1 ms', 'searched', jsonb_build_object('n', n)
                      from generate_series(1, ?) n
                    """, id, EVENTS);
            return id;
        });
        owner.execute(
                "select identity.open_session(sha256(convert_to(?, 'UTF8')), ?, 'student', interval '1 hour', 'test', null)",
                SESSION,
                student);
        return student;
    }
}
