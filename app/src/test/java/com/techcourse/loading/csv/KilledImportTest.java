package com.techcourse.loading.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Database;
import com.techcourse.platform.Environment;
import com.techcourse.testing.Eventually;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TechCourseProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The import command as a process of its own, ended by {@code kill -9} while it writes, in both modes. */
@Tag("embedded")
class KilledImportTest {

    private static final int ROWS = 25_000;
    private static final String PEOPLE =
            "select count(*) from identity.users where email::text like '%@import.example'";

    @TempDir
    private Path folder;

    @Test
    void whoIsKilledHasWrittenNothingAndTheNextRunWritesEachRowOnce() throws Exception {
        Environment environment =
                new Environment(Map.of("TECHCOURSE_DATA", folder.resolve("data").toString()));
        try (Database database = Database.open(environment);
                Sql owner = Sql.connect(database.ownerUrl())) {
            admin(owner);
            Path good = file("good.csv", "");
            Path bad = file("bad.csv", "bad,no address,Nobody\n");
            killed(owner, bad, "--partial");
            killed(owner, good);
            ended(owner, good, ROWS);
            assertThat(states(owner)).containsExactly("failed", "failed", "done");
            assertThat(loader(owner, "select count(*) from platform.import_rows"))
                    .isEqualTo(ROWS);
            ended(owner, bad, ROWS, "--partial");
            assertThat(loader(owner, "select unchanged_count from platform.imports order by id desc limit 1"))
                    .isEqualTo(ROWS);
        }
    }

    private void killed(Sql owner, Path file, String... options) throws Exception {
        try (TechCourseProcess importing = importing(file, options)) {
            Eventually.isTrue("a part is written", () -> isInTheMiddle(owner));
            importing.kill();
        }
        Eventually.isTrue("its session has ended", () -> owner.number("""
                select count(*) from pg_stat_activity
                 where pid <> pg_backend_pid() and datname = current_database() and backend_type = 'client backend'
                   and query like '%line_no between%'
                """) == 0);
        assertThat(loader(owner, PEOPLE)).isZero();
        assertThat(loader(owner, "select count(*) from platform.import_rows")).isZero();
    }

    /** Some thousands of rows are behind it, in a transaction still open. */
    private static boolean isInTheMiddle(Sql owner) {
        return owner.number("""
                select count(*) from pg_stat_activity
                 where pid <> pg_backend_pid() and query ~ 's\\.line_no between (5|10|15)002 '
                """) > 0;
    }

    /** To the end; then there are so many. */
    private void ended(Sql owner, Path file, long people, String... options) throws Exception {
        try (TechCourseProcess importing = importing(file, options)) {
            assertThat(importing.exitCode()).as(importing.output()).isZero();
        }
        assertThat(loader(owner, PEOPLE)).isEqualTo(people);
    }

    private TechCourseProcess importing(Path file, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("import", "users", file.toString(), "--as", "admin@academy.example"));
        arguments.addAll(List.of(options));
        return process(arguments.toArray(String[]::new));
    }

    private TechCourseProcess process(String... arguments) throws IOException {
        return TechCourseProcess.start(
                Map.of("TECHCOURSE_DATA", folder.resolve("data").toString()), 0, arguments);
    }

    private Path file(String name, String more) throws IOException {
        String rows = IntStream.range(0, ROWS)
                .mapToObj(n -> "n" + n + ",n" + n + "@import.example,Person " + n + "\n")
                .collect(Collectors.joining());
        return Files.writeString(folder.resolve(name), "external_id,email,display_name\n" + rows + more);
    }

    private static void admin(Sql owner) {
        owner.transaction(sql -> {
            sql.run("set local role techcourse_loader");
            Object admin = sql.uuid(
                    "insert into identity.users (email, display_name) values ('admin@academy.example', 'Admin') returning id");
            return sql.run("insert into identity.user_roles (user_id, role) values (?, 'admin')", admin);
        });
    }

    private static long loader(Sql owner, String question) {
        return owner.transaction(sql -> {
            sql.run("set local role techcourse_loader");
            return sql.number(question);
        });
    }

    private static List<Object> states(Sql owner) {
        return owner.transaction(sql -> {
            sql.run("set local role techcourse_loader");
            return new ArrayList<>(sql.run("select state from platform.imports order by id"));
        });
    }
}
