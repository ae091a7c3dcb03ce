package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.techcourse.platform.postgres.DatabaseUrl;
import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** database/schema.sql: the whole schema as PostgreSQL 15 sees it, so that a migration shows what it really changes. */
class SchemaDumpTest {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql/15/bin/pg_dump");

    /** Their order is that in which the server got its roles. */
    private static final Pattern POLICY_ROLES = Pattern.compile("(CREATE POLICY .* TO )([a-z_]+(?:, [a-z_]+)+)");

    @Test
    void theDumpIsAsCommitted() throws IOException, InterruptedException {
        assumeTrue(TestDatabase.major() == 15, "pg_dump 15 dumps a PostgreSQL 15: set TECHCOURSE_TEST_SERVER=15");
        try (TestDatabase database = TestDatabase.create()) {
            CommittedFile.of("database/schema.sql").mustRead(normalised(dump(database.ownerUrl())));
        }
    }

    private static String dump(DatabaseUrl owner) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(List.of(
                Files.exists(DEBIAN) ? DEBIAN.toString() : "pg_dump",
                "--schema-only",
                "--exclude-table=*.*_p20[0-9][0-9]*",
                "--exclude-table=platform.schema_history",
                "--host=" + owner.host(),
                "--port=" + owner.port(),
                "--username=" + owner.user(),
                owner.database()));
        command.environment().put("PGPASSWORD", owner.password());
        command.environment().put("PGTZ", "UTC"); // literals of times are written in the session's zone
        Process process = command.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    /** Without versions, session settings, headers and empty lines; statements in pg_dump's own order. */
    private static String normalised(String dump) {
        return POLICY_ROLES
                .matcher(dump)
                .replaceAll(policy -> Matcher.quoteReplacement(policy.group(1) + sorted(policy.group(2))))
                .replaceAll("(?m)^--\n(-- .*\n)--\n", "\n")
                .replaceAll("(?m)^--\n-- PostgreSQL database dump.*\n--\n", "")
                .replaceAll("(?m)^-- Dumped .*\n", "")
                .replaceAll("(?m)^\\\\(un)?restrict .*\n", "")
                .replaceAll("(?m)^(SET|SELECT pg_catalog\\.set_config).*;\n", "")
                .replaceAll("\n{3,}", "\n\n")
                .strip()
                .concat("\n");
    }

    private static String sorted(String roles) {
        return String.join(", ", new TreeSet<>(List.of(roles.split(", ", -1))));
    }
}
