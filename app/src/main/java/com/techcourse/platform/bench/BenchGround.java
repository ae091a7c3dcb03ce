package com.techcourse.platform.bench;

import com.techcourse.platform.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/** The database of a benchmark: students who have bought nothing, and three courses that all of them buy. */
final class BenchGround {

    private final Database database;

    BenchGround(Database database) {
        this.database = database;
    }

    void fill(int clients, int students) {
        String script = read("ground.sql")
                .replace("{clients}", Integer.toString(clients))
                .replace("{students}", Integer.toString(students));
        database.owner().transaction(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            for (String statement : script.split(";\n")) {
                transaction.dsl().execute(statement);
            }
        });
        database.owner()
                .execute(
                        "select identity.open_session(sha256(convert_to('bench-session-' || lpad(n::text, 29, '0'), 'UTF8')), platform.uuid_v7_of('2026-01-01Z', 'bench.' || n), 'student', interval '1 hour', 'bench', null) from generate_series(0, ? - 1) client, generate_series(1, ?) student, lateral (select client * 100000 + student) s (n)",
                        clients,
                        students);
        database.owner().execute("select platform.ensure_partitions()");
        database.owner().execute("analyze");
    }

    /** The three courses in one order, with a coupon or without. */
    String wish(boolean coupon) {
        StringBuilder wish = new StringBuilder("{\"courses\": [");
        for (int n = 1; n <= 3; n++) {
            wish.append(n == 1 ? "" : ", ")
                    .append("{\"course_id\": \"")
                    .append(id("bench.course." + n))
                    .append("\"}");
        }
        return wish + (coupon ? "], \"coupon_code\": \"BENCH\"}" : "]}");
    }

    private UUID id(String name) {
        return (UUID) Objects.requireNonNull(
                database.owner().fetchValue("select platform.uuid_v7_of('2026-01-01Z', ?)", name));
    }

    /** What the books say afterwards: orders paid, and differences. */
    String books() {
        return database.owner().fetchValue("select count(*) from sales.orders where paid_at is not null")
                + " orders paid, "
                + database.owner().fetchValue("select count(*) from reporting.books_differences()")
                + " differences in the books";
    }

    static String read(String resource) {
        try (InputStream in = BenchGround.class.getResourceAsStream("/bench/" + resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
