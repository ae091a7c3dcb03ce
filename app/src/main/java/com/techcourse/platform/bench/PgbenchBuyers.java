package com.techcourse.platform.bench;

import com.techcourse.platform.CommandProblem;
import com.techcourse.platform.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The same purchases by PostgreSQL's own benchmark, which sends the same statements as the application's login. */
final class PgbenchBuyers {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    private final DatabaseUrl app;
    private final Path script;

    PgbenchBuyers(DatabaseUrl app, String wish, Path folder) throws IOException {
        this.app = app;
        this.script = Files.writeString(
                folder.resolve("purchase.sql"), BenchGround.read("purchase.sql").replace("{wish}", wish));
    }

    /** Purchases in a second. */
    double perSecond(int clients, int seconds, int first) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                pgbench().toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=2",
                "--time=" + seconds,
                "--define=n=0",
                "--define=first=" + first,
                "--file=" + script,
                app.withUser("", "").uri());
        builder.environment().put("PGUSER", app.user());
        builder.environment().put("PGPASSWORD", Objects.requireNonNullElse(app.password(), ""));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(output);
        if (process.waitFor() != 0 || !rate.find()) {
            throw new CommandProblem("pgbench did not run to its end.", output);
        }
        return Double.parseDouble(rate.group(1));
    }

    private static Path pgbench() throws IOException {
        Stream<Path> onPath =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of);
        Path debian = Path.of("/usr/lib/postgresql");
        try (Stream<Path> versions = Files.isDirectory(debian) ? Files.list(debian) : Stream.empty()) {
            return Stream.concat(
                            onPath,
                            versions.sorted(java.util.Comparator.reverseOrder()).map(version -> version.resolve("bin")))
                    .map(folder -> folder.resolve("pgbench"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new CommandProblem(
                            "There is no pgbench.", "Install PostgreSQL's tools, on Debian the package postgresql."));
        }
    }
}
