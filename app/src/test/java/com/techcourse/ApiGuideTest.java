package com.techcourse;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.loading.DemoLogins;
import com.techcourse.loading.DemoPasswords;
import com.techcourse.loading.SampleAcademy;
import com.techcourse.platform.Progress;
import com.techcourse.platform.web.WebServer;
import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executes {@code docs/api.md} on the sample academy: every {@code sh} block in one shell, with curl and jq; the
 * {@code text} block after it must be what comes out, apart from ids, times and secrets, which are shown as
 * {@code …}. {@code -Dtechcourse.rewrite=true} writes what comes out into the document.
 */
class ApiGuideTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "api.md");
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 21);
    private static final Pattern BLOCK =
            Pattern.compile("```sh\n(?<commands>.*?)```\n+```text\n(?<output>.*?)```", Pattern.DOTALL);
    private static final String MARK = "\u001e";

    /** What differs from one run to the next. */
    private static final Pattern CHANGING =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
                    + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z|TC-\\w{4}-\\w{4}-\\w{4}|tc_[A-Za-z0-9_-]{20,}"
                    + "|(?<=\"request_id\": \")[0-9a-f]+");

    @TempDir
    private Path folder;

    @Test
    void everyBlockOfTheGuideAnswersAsItSays() throws IOException, InterruptedException {
        Assumptions.assumeTrue(isThere("curl") && isThere("jq"), "curl and jq are installed");
        String document = Files.readString(DOCUMENT);
        List<String> outputs = played(document);
        int[] n = {0};
        String shown = BLOCK.matcher(document)
                .replaceAll(block -> Matcher.quoteReplacement(shown(block, outputs.get(n[0]++))));
        if (Boolean.getBoolean("techcourse.rewrite")) {
            Files.writeString(DOCUMENT, shown);
        } else {
            assertThat(shown).isEqualTo(document);
        }
    }

    private static String shown(MatchResult block, String output) {
        return "```sh\n" + block.group("commands") + "```\n```text\n" + output + "```";
    }

    private List<String> played(String document) throws IOException, InterruptedException {
        DemoPasswords passwords = DemoPasswords.random();
        try (TestDatabase database = TestDatabase.create();
                Progress progress = new Progress(System.err, false)) {
            new SampleAcademy().load(database.database(), Optional.of(LAST_DAY), Optional.of(passwords), progress);
            var demo = Map.<String, Object>of("techcourse.demo", "true");
            try (WebServer node = WebServer.start(CompletableFuture.completedFuture(database.database()), 0, demo)) {
                return outputs(run(script(document), node.port(), passwords));
            }
        }
    }

    private static String script(String document) {
        StringBuilder script = new StringBuilder("set -eu\n");
        BLOCK.matcher(document)
                .results()
                .forEach(block -> script.append("printf '\\036'\n").append(block.group("commands")));
        return script.toString();
    }

    private String run(String script, int port, DemoPasswords passwords) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", script)
                .directory(Files.createDirectory(folder.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().put("ACADEMY", "http://127.0.0.1:" + port);
        DemoLogins.of(Optional.of(passwords))
                .forEach(login -> shell.environment()
                        .put(login.role().toUpperCase(java.util.Locale.ROOT) + "_PASSWORD", login.password()));
        int exit = shell.start().waitFor();
        String printed = Files.readString(output);
        assertThat(exit).as(printed).isZero();
        return printed.replace("127.0.0.1:" + port, "localhost:8080");
    }

    private static List<String> outputs(String printed) {
        List<String> outputs = new ArrayList<>();
        for (String output : printed.substring(1).split(MARK, -1)) {
            String masked = CHANGING.matcher(output).replaceAll("…");
            outputs.add(masked.isEmpty() || masked.endsWith("\n") ? masked : masked + "\n");
        }
        return outputs;
    }

    private static boolean isThere(String command) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v " + command + " >/dev/null")
                        .start()
                        .waitFor()
                == 0;
    }
}
