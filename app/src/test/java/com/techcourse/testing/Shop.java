package com.techcourse.testing;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three courses and some students with sessions in the database of a process, and buyers of them over HTTP. Each buyer
 * uses the same keys again and again, as one does whose answers get lost.
 */
public final class Shop {

    /** Something that a buyer does. */
    @FunctionalInterface
    public interface Step {
        Object take() throws IOException, InterruptedException;
    }

    public static final String ALL_COURSES = """
            {"courses": [{"course_id": "00000000-0000-7000-8000-0000000000c1"}, {"course_id": "00000000-0000-7000-8000-0000000000c2"},
                         {"course_id": "00000000-0000-7000-8000-0000000000c3"}]}
            """;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Sql sql;
    private volatile int port;
    private volatile AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    public Shop(Sql owner) {
        this.sql = owner;
    }

    public static UUID student(int number) {
        return UUID.fromString("00000000-0000-7000-8000-%012d".formatted(number));
    }

    /** Of the length that sessions have. */
    private static String token(int number) {
        return "shop-session-%030d".formatted(number);
    }

    public static void open(DSLContext owner, int students) {
        owner.transaction(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            for (String statement : SQL.formatted(students, students).split(";\n")) {
                transaction.dsl().execute(statement);
            }
        });
        sessions(owner, students);
    }

    /** A session for each of the first students. */
    public static void sessions(DSLContext owner, int students) {
        for (int n = 1; n <= students; n++) {
            owner.execute(
                    "select identity.open_session(sha256(convert_to(?, 'UTF8')), ?, 'student', interval '1 hour', 'shop', null)",
                    token(n),
                    student(n));
        }
    }

    public static final String STUDENTS = """
            insert into identity.users (id, email, display_name, country, email_verified_at)
            select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'shop' || n || '@shop.example', 'Shop ' || n, 'DE', now()
              from generate_series(1, %d) n;
            insert into identity.user_roles (user_id, role)
            select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'student' from generate_series(1, %d) n
            """;

    private static final String SQL = STUDENTS + """
            ;
            insert into identity.users (id, email, display_name)
            values ('00000000-0000-7000-8000-0000000000a1', 'lead@shop.example', 'Lead');
            insert into identity.user_roles (user_id, role) values ('00000000-0000-7000-8000-0000000000a1', 'instructor');
            insert into catalog.categories (slug, name, position) values ('shop', 'Shop', 1);
            insert into catalog.courses (id, slug, instructor_id, category_id, title, price, currency, status, published_at)
            select ('00000000-0000-7000-8000-0000000000c' || n)::uuid, 'shop-' || n, '00000000-0000-7000-8000-0000000000a1', c.id,
                   'Shop ' || n, 9.99 * n, 'EUR', 'published', now() from catalog.categories c, generate_series(1, 3) n
            """;

    /** Its buyers go to a node that somebody else started. */
    public void at(int node) {
        port = node;
    }

    /** A node on the database, of which its buyers know. */
    public TechCourseProcess up(TestDatabase database) throws IOException, InterruptedException {
        if (port == 0) {
            port = TechCourseProcess.freePort();
        }
        return TechCourseProcess.on(database, port);
    }

    /** In a thread of its own; it may fail, killed in the middle of it. */
    public Thread start(Step step) {
        AtomicReference<@Nullable Throwable> mine = new AtomicReference<>();
        failure = mine;
        return Thread.ofVirtual().start(() -> {
            try {
                step.take();
            } catch (IOException | AssertionError e) {
                mine.set(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    public String order(int number) throws IOException, InterruptedException {
        return post(number, "/orders", "order-of-" + number, ALL_COURSES)
                .path("id")
                .asString();
    }

    public String pay(int number, String order) throws IOException, InterruptedException {
        return post(
                        number,
                        "/orders/" + order + "/payments",
                        "payment-" + number,
                        "{\"card\": \"4242424242424242\", \"return_url\": \"/my-learning\"}")
                .path("status")
                .asString();
    }

    public String refund(int number, String order) throws IOException, InterruptedException {
        return post(number, "/orders/" + order + "/refunds", "refund-of-" + number, "{}")
                .toString();
    }

    private JsonNode post(int number, String path, String key, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                CLIENT.send(request(number, path, key, body), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new AssertionError(path + " " + answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    /** What a browser sends. */
    public HttpRequest request(int number, String path, String key, String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header(
                        "Cookie",
                        "techcourse_session=" + token(number)
                                + "; techcourse_csrf=0b8a7c2e-5d1f-4c3b-9a76-1f2e3d4c5b6a")
                .header("X-CSRF-Token", "0b8a7c2e-5d1f-4c3b-9a76-1f2e3d4c5b6a")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** Whether somebody waits for the one who asks; others of the server may wait for each other. */
    public boolean isWaiting(Sql holder) {
        Throwable failed = failure.get();
        if (failed != null) {
            throw new AssertionError("The step failed before anybody waited", failed);
        }
        // a transaction sees the same sessions again and again, not those that came since
        holder.run("select pg_stat_clear_snapshot()");
        return holder.number(
                        "select count(*) from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))")
                > 0;
    }

    public long orders(int number) {
        return number("select count(*) from sales.orders where closed_at is null and student_id = ?", student(number));
    }

    public long enrolments(int number) {
        return number(
                "select count(*) from learning.enrollments where ended_at is null and student_id = ?", student(number));
    }

    /** What the bank of the demo gateway has charged. */
    public long charges(int number) {
        return number(
                "select count(*) from sales.demo_charges c join sales.payments p on p.id = c.payment_id where c.state = 'captured' and p.student_id = ?",
                student(number));
    }

    public boolean givenBack(int number) {
        return number(
                        "select count(*) from sales.gateway_refunds where status = 'done' and student_id = ?",
                        student(number))
                > 0;
    }

    public BigDecimal chargesOfTheBank() {
        return amount("select sum(amount - given_back_amount) from sales.demo_charges where state = 'captured'");
    }

    public BigDecimal paidByStudents() {
        return amount(
                "select sum(amount - refunded_amount) from sales.payments where status = 'captured' and gateway = 'demo'");
    }

    public List<@Nullable Object> differences() {
        return sql.run("select rule from reporting.books_differences()");
    }

    public long number(String query, Object... values) {
        return ((Number) asLoader(query, values)).longValue();
    }

    private BigDecimal amount(String query) {
        return (BigDecimal) asLoader(query);
    }

    private synchronized Object asLoader(String query, Object... values) {
        return sql.transaction(one -> {
            one.run("set local role techcourse_loader");
            return one.one(query, values);
        });
    }
}
