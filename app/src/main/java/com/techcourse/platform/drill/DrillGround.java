package com.techcourse.platform.drill;

import com.techcourse.platform.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The people and courses of one run in the database of the cluster.
 *
 * @param run in the names of everything
 */
record DrillGround(String run, int students, String quiz, String wish) {

    /** Students who answer a quiz; the others buy. */
    static final int TAKERS = 4;

    static DrillGround fill(Database database, String run, int students) {
        String script = read("ground.sql")
                .replace("{run}", run)
                .replace("{students}", Integer.toString(students))
                .replace("{takers}", Integer.toString(TAKERS));
        database.owner().transaction(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            for (String statement : script.split(";\n")) {
                transaction.dsl().execute(statement);
            }
        });
        database.owner()
                .execute(
                        "select identity.open_session(sha256(convert_to(?, 'UTF8') || convert_to(lpad(n::text, 28, '0'), 'UTF8')), platform.uuid_v7_of('2026-01-01Z', 'drill.' || ? || '.' || n), 'student', interval '12 hours', 'drill', null) from generate_series(1, ?) n",
                        prefix(run),
                        run,
                        students);
        database.owner()
                .execute(
                        "select identity.open_session(sha256(convert_to(?, 'UTF8')), platform.uuid_v7_of('2026-01-01Z', 'drill.' || ? || '.admin'), 'admin', interval '12 hours', 'drill', null)",
                        session(run, 0),
                        run);
        database.owner().execute("select platform.ensure_partitions()");
        database.owner().execute("analyze");
        String wish = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> id(database, "drill." + run + ".course." + n))
                .map("{\"course_id\": \"%s\"}"::formatted)
                .collect(Collectors.joining(", ", "{\"courses\": [", "]}"));
        return new DrillGround(run, students, id(database, "drill." + run + ".quiz"), wish);
    }

    private static String id(Database database, String name) {
        return String.valueOf(database.owner().fetchValue("select platform.uuid_v7_of('2026-01-01Z', ?)::text", name));
    }

    /** Fifteen characters, so that a session is as long as sessions are. */
    private static String prefix(String run) {
        return "drill" + "-".repeat(10 - run.length()) + run;
    }

    String session(int student) {
        return session(run, student);
    }

    /** Of somebody who may add receivers of webhooks. */
    String adminSession() {
        return session(run, 0);
    }

    private static String session(String run, int person) {
        return prefix(run) + "%028d".formatted(person);
    }

    String email(String name) {
        return "drill-" + run + "-" + name + "@drill.example";
    }

    private static String read(String resource) {
        try (InputStream in = DrillGround.class.getResourceAsStream("/drill/" + resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
