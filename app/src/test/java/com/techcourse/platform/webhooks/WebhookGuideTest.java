package com.techcourse.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code docs/webhooks.md} promises. {@code -Dtechcourse.rewrite=true} writes the topics of the catalog into it.
 */
class WebhookGuideTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "webhooks.md");
    private static final Pattern TOPICS =
            Pattern.compile("(?<=<!-- topics -->\n).*(?=<!-- /topics -->)", Pattern.DOTALL);
    private static final Pattern RETRIES =
            Pattern.compile("(?<=<!-- retries -->\n).*(?=<!-- /retries -->)", Pattern.DOTALL);
    private static final Pattern WAIT =
            Pattern.compile("\\| (\\d+) \\| (?:(\\d+) h ?)?(?:(\\d+) min ?)?(?:(\\d+) s)? ?(never)? ?\\|");
    private static final String BODY = "{\"id\":\"1\",\"data\":{\"name\":\"M\u00fcller\"}}";
    private static final byte[] SECRET = "thirty-two bytes that sign a lot".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void theTopicsAreThoseOfTheCatalog() throws IOException {
        String document = Files.readString(DOCUMENT);
        try (TestDatabase database = TestDatabase.create()) {
            StringBuilder table = new StringBuilder("| topic | is told when | data |\n| --- | --- | --- |\n");
            loader(
                            database,
                            dsl -> dsl.fetch(
                                    "select topic, description, payload_schema::text from platform.event_types order by topic"))
                    .forEach(row -> table.append("| `%s` | %s | %s |\n"
                            .formatted(row.get(0), row.get(1), members(row.get(2, String.class)))));
            String written = TOPICS.matcher(document).replaceFirst(Matcher.quoteReplacement(table.toString()));
            if (Boolean.getBoolean("techcourse.rewrite")) {
                Files.writeString(DOCUMENT, written);
            } else {
                assertThat(document).isEqualTo(written);
            }
        }
    }

    private static String members(String schema) {
        JsonNode read = JsonMapper.shared().readTree(schema);
        assertThat(read.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(read.path("required").size())
                .isEqualTo(read.path("properties").size());
        List<String> members = new ArrayList<>();
        read.path("properties").properties().forEach(member -> {
            String type = member.getValue()
                    .path("format")
                    .asString(member.getValue().path("type").asString());
            members.add("`" + member.getKey() + "` " + type);
        });
        return String.join(", ", members);
    }

    /** The database says when the next try is due. */
    @Test
    void theWaitsAreThoseOfTheDatabase() throws IOException {
        Matcher table = RETRIES.matcher(Files.readString(DOCUMENT));
        assertThat(table.find()).isTrue();
        List<Matcher> rows =
                table.group().lines().map(WAIT::matcher).filter(Matcher::find).toList();
        assertThat(rows).hasSize(9);
        try (TestDatabase database = TestDatabase.create()) {
            for (Matcher row : rows) {
                double wait = loader(database, dsl -> waitAfter(dsl, Integer.parseInt(row.group(1))));
                if (row.group(5) != null) {
                    assertThat(wait).isEqualTo(-1);
                } else {
                    double told = number(row.group(2)) * 3600 + number(row.group(3)) * 60 + number(row.group(4));
                    // read a moment after it was noted, and up to a quarter later by chance
                    assertThat(wait).as(row.group()).isBetween(told - 2, told * 1.25);
                }
            }
        }
    }

    private static double number(@org.jspecify.annotations.Nullable String text) {
        return text == null ? 0 : Double.parseDouble(text);
    }

    /** Seconds until the next try after so many; -1 when there is none. */
    private static double waitAfter(DSLContext dsl, int tries) {
        dsl.execute("set local timezone = 'UTC'");
        Object user = dsl.fetchValue(
                "insert into identity.users (email, display_name) values (gen_random_uuid() || '@example.org', 'A') returning id");
        Object webhook = dsl.fetchValue(
                "insert into platform.webhooks (url, topics, created_by) values ('https://example.org/', '{webhook.ping.v1}', ?) returning id",
                user);
        dsl.execute("select platform.act_as(?, 'admin')", user);
        Object event = dsl.fetchValue("select platform.ping_webhook(?)", webhook);
        dsl.execute(
                "update platform.webhook_deliveries set tries = ?, locked_by = ?, locked_until = 'infinity' where event_id = ?",
                tries,
                user,
                event);
        dsl.execute("select platform.note_delivery(?, ?, ?, 503, 1, null, interval '5 s', 15)", webhook, event, user);
        return dsl.fetchSingle(
                        "select case state when 'failed' then -1 else extract(epoch from next_try_at - clock_timestamp()) end from platform.webhook_deliveries where event_id = ?",
                        event)
                .get(0, double.class);
    }

    private static <T> T loader(TestDatabase database, java.util.function.Function<DSLContext, T> work) {
        return database.owner().transactionResult(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            return work.apply(transaction.dsl());
        });
    }

    static Stream<List<String>> programs() {
        return Stream.of(
                List.of(
                        "java",
                        "Verify.java",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                List.of("python", "verify.py", "python3"),
                List.of("javascript", "verify.js", "node"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void eachProgramKnowsAGenuineMessage(List<String> program) throws Exception {
        Assumptions.assumeTrue(program.getLast().contains("/") || isThere(program.getLast()), program.getLast());
        Matcher block = Pattern.compile("```" + program.getFirst() + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT));
        assertThat(block.find()).isTrue();
        Path file = Files.writeString(folder.resolve(program.get(1)), block.group(1));
        List<String> command = List.of(program.getLast(), file.toString());
        String now = Long.toString(System.currentTimeMillis() / 1000);
        String old = Long.toString(System.currentTimeMillis() / 1000 - 400);
        String secret = Signatures.text(SECRET);
        assertThat(isGenuine(command, secret, now, signature(now), BODY)).isTrue();
        assertThat(isGenuine(command, secret, now, "v1,bm90IGl0 " + signature(now), BODY))
                .isTrue();
        assertThat(isGenuine(command, secret, now, signature(now), BODY.replace("1", "2")))
                .isFalse();
        assertThat(isGenuine(command, secret, old, signature(old), BODY)).isFalse();
        assertThat(isGenuine(command, secret, now, "v1,bm90IGl0", BODY)).isFalse();
        assertThat(isGenuine(command, Signatures.text(Signatures.freshSecret()), now, signature(now), BODY))
                .isFalse();
    }

    private boolean isGenuine(List<String> command, String secret, String timestamp, String signatures, String body)
            throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("body"), body);
        Path out = folder.resolve("output");
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(secret, "evt-1", timestamp, signatures));
        int exit = new ProcessBuilder(all)
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(out)).isBetween(0, 1);
        assertThat(Files.readString(out)).isEmpty();
        return exit == 0;
    }

    private static String signature(String timestamp) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        byte[] signed = ("evt-1." + timestamp + "." + BODY).getBytes(StandardCharsets.UTF_8);
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    }

    private static boolean isThere(String command) throws IOException, InterruptedException {
        return new ProcessBuilder(
                                "sh",
                                "-c",
                                "command -v " + command + " >/dev/null && " + command + " --version >/dev/null 2>&1")
                        .start()
                        .waitFor()
                == 0;
    }
}
