package com.techcourse.platform.bench;

import com.techcourse.platform.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The database of a benchmark: students who have bought nothing, three courses that all of them want, and 300 others.
 * Each client has students of its own: client {@code c} those from {@code c * 100000 + 1}.
 */
final class BenchGround {

    private static final int POPULAR = 3;
    private static final int OTHERS = 300;

    private final Database database;

    BenchGround(Database database) {
        this.database = database;
    }

    static int student(int client, int number) {
        return client * 100_000 + number;
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
                        "select identity.open_session(sha256(convert_to('bench-session-' || lpad(n::text, 29, '0'), 'UTF8')), platform.uuid_v7_of('2026-01-01Z', 'bench.' || n), 'student', interval '2 hours', 'bench', null) from generate_series(0, ? - 1) client, generate_series(1, ?) student, lateral (select client * 100000 + student) s (n)",
                        clients,
                        students);
        database.owner().execute("select platform.ensure_partitions()");
        analyze();
    }

    /** Otherwise plans made for empty tables would be measured, not those of an academy. */
    void analyze() {
        database.owner().execute("analyze");
    }

    /** The three courses that everybody wants, in one order, with a coupon or without. */
    String popular(@Nullable String coupon) {
        return wish(ids(IntStream.rangeClosed(1, POPULAR)), coupon);
    }

    /** Orders of three of the other courses each; neighbours want others. */
    List<String> others() {
        List<String> ids = ids(IntStream.rangeClosed(POPULAR + 1, POPULAR + OTHERS));
        return IntStream.range(0, OTHERS)
                .mapToObj(n ->
                        wish(List.of(ids.get(n), ids.get((n + 100) % OTHERS), ids.get((n + 200) % OTHERS)), null))
                .toList();
    }

    private List<String> ids(IntStream numbers) {
        return database
                .owner()
                .fetchValues(
                        "select platform.uuid_v7_of('2026-01-01Z', 'bench.course.' || n)::text from unnest(?::integer[]) n",
                        (Object) numbers.boxed().toArray(Integer[]::new))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static String wish(List<String> courses, @Nullable String coupon) {
        return courses.stream()
                .map(id -> "{\"course_id\": \"" + id + "\"}")
                .collect(Collectors.joining(
                        ", ", "{\"courses\": [", coupon == null ? "]}" : "], \"coupon_code\": \"" + coupon + "\"}"));
    }

    long redemptions(String coupon) {
        return ((Number) Objects.requireNonNull(database.owner()
                        .fetchValue(
                                "select count(*) from sales.coupon_slots s join sales.coupons c on c.id = s.coupon_id where c.code = ?::text::extensions.citext",
                                coupon)))
                .longValue();
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
