package com.techcourse.testing;

import com.techcourse.platform.web.WebServer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * A small academy on the web, shared by all tests of pages in a JVM, which only read it: two nodes on one database,
 * one person for each staff role, one who holds two, 30 courses, one sale with a refund, one change of a price.
 */
public final class WebAcademy {

    public static final String PASSWORD = "correct horse battery staple";

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final WebServer ONE = started();

    private WebAcademy() {}

    private static WebServer started() {
        DATABASE.owner().execute("select platform.ensure_partitions()");
        fill(DATABASE.owner());
        return node();
    }

    private static WebServer node() {
        WebServer node = WebServer.start(CompletableFuture.completedFuture(DATABASE.database()), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(node::close));
        return node;
    }

    /** Started only for the tests that need it. */
    private static final class OtherNode {
        private static final WebServer RUNNING = node();
    }

    /** A browser of somebody new, at an address of its own. */
    public static Browser browser() {
        return new Browser(ONE.port());
    }

    /** The same browser, led to the other node. */
    public static Browser onTheOtherNode(Browser browser) {
        return browser.at(OtherNode.RUNNING.port());
    }

    /** Of {@code accountant}, {@code auditor}, {@code analyst}, {@code student}, {@code admin}, or {@code both}. */
    public static Browser signedIn(String who) {
        Browser browser = browser();
        browser.get("/sign-in");
        Browser.Answer answer =
                browser.post("/sign-in", Map.of("email", who + "@academy.example", "password", PASSWORD));
        if (answer.status() != 302) {
            throw new IllegalStateException(who + " cannot sign in: " + answer.status() + " "
                    + answer.page().select("main").text());
        }
        return browser;
    }

    private static void fill(DSLContext owner) {
        owner.transaction(transaction -> {
            DSLContext loader = transaction.dsl();
            loader.execute("set local role techcourse_loader");
            for (String rows : SQL.split(";\n")) {
                loader.execute(rows);
            }
            String hash = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2).encode(PASSWORD);
            loader.execute(
                    "insert into identity.credentials (user_id, password_hash) select id, ? from identity.users", hash);
        });
        owner.transaction(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            transaction.dsl().execute("update catalog.courses set price = 60 where slug = 'python-in-practice'");
        });
    }

    private static final String SQL = """
            insert into identity.users (id, email, display_name)
            select platform.uuid_v7_of('2026-01-01', who), who || '@academy.example', initcap(who) || ' Person'
              from unnest(array['accountant', 'auditor', 'analyst', 'student', 'both', 'instructor', 'admin', 'guessed']) who;
            insert into identity.user_roles (user_id, role)
            select platform.uuid_v7_of('2026-01-01', who), role
              from (values ('accountant', 'accountant'), ('auditor', 'auditor'), ('analyst', 'analyst'),
                ('student', 'student'), ('both', 'accountant'), ('both', 'auditor'), ('instructor', 'instructor'), ('admin', 'admin'),
                ('guessed', 'student')) r (who, role);
            insert into identity.instructor_profiles (user_id, display_name, bio)
            values (platform.uuid_v7_of('2026-01-01', 'instructor'), 'Ines Okafor', 'Teaches what she builds.');
            insert into catalog.categories (id, slug, name, position)
            values (platform.uuid_v7_of('2026-01-01', 'code'), 'code', 'Code', 1),
                   (platform.uuid_v7_of('2026-01-01', 'cooking'), 'cooking', 'Cooking', 2);
            insert into catalog.courses (id, slug, instructor_id, category_id, title, subtitle, description, price, currency, status, published_at)
            select platform.uuid_v7_of('2026-01-01', slug), slug, platform.uuid_v7_of('2026-01-01', 'instructor'),
                   platform.uuid_v7_of('2026-01-01', category), title, 'A subtitle', description, price, 'EUR', status, published_at
              from (select 'soup-' || n, 'cooking', 'Soup number ' || n, 'Warm.', 0, 'published', timestamptz '2026-02-01' + n * interval '1 day'
                      from generate_series(1, 28) n
                    union all
                    select 'python-in-practice', 'code', 'Python in Practice', 'Snakes <b>and</b> **ladders**.', 49.5, 'published', '2026-06-01'
                    union all
                    select 'unfinished', 'code', 'Python, unfinished', '', 10, 'draft', null) c (slug, category, title, description, price, status, published_at);
            insert into catalog.sections (id, course_id, position, title)
            values (platform.uuid_v7_of('2026-01-01', 'section'), platform.uuid_v7_of('2026-01-01', 'python-in-practice'), 0, 'Beginnings');
            insert into catalog.lessons (id, course_id, section_id, position, title, kind, minutes, preview)
            select platform.uuid_v7_of('2026-01-01', title), platform.uuid_v7_of('2026-01-01', 'python-in-practice'),
                   platform.uuid_v7_of('2026-01-01', 'section'), position, title, 'article', 7, preview
              from (values ('Hello', 0, true), ('Goodbye', 1, false)) l (title, position, preview);
            insert into catalog.lesson_contents (lesson_id, instructor_id, markdown)
            select id, instructor_id, '# Loops' || chr(10) || '<script>alert(1)</script> [x](javascript:alert(1)) ![spy](https://spy.example/x.png)'
              from catalog.lessons;
            insert into catalog.quizzes (course_id, metadata)
            select platform.uuid_v7_of('2026-01-01', slug), jsonb_build_object('schema_version', 1, 'title', 'Final quiz',
                     'passing_score', score, 'shuffle_questions', false, 'shuffle_options', false, 'questions',
                     '[{"id": "q1", "type": "true_false", "text": "Is it secret?", "points": 1, "answer": true}]'::jsonb)
              from (values ('python-in-practice', 90), ('soup-1', 60)) q (slug, score);
            insert into learning.enrollments (student_id, course_id)
            values (platform.uuid_v7_of('2026-01-01', 'student'), platform.uuid_v7_of('2026-01-01', 'soup-1'));
            insert into learning.reviews (student_id, course_id, rating, body)
            values (platform.uuid_v7_of('2026-01-01', 'student'), platform.uuid_v7_of('2026-01-01', 'soup-1'), 4, 'Tasty & quick.');
            insert into sales.orders (student_id, id, currency)
            values (platform.uuid_v7_of('2026-01-01', 'student'), platform.uuid_v7_of('2026-01-01', 'order'), 'EUR');
            insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, currency, instructor_share)
            values (platform.uuid_v7_of('2026-01-01', 'student'), platform.uuid_v7_of('2026-01-01', 'order'),
                    platform.uuid_v7_of('2026-01-01', 'python-in-practice'), platform.uuid_v7_of('2026-01-01', 'instructor'), 49.5, 'EUR', 0.7);
            insert into sales.payments (student_id, id, order_id, amount, currency, status, gateway, reference, captured_at)
            values (platform.uuid_v7_of('2026-01-01', 'student'), platform.uuid_v7_of('2026-01-01', 'payment'),
                    platform.uuid_v7_of('2026-01-01', 'order'), 49.5, 'EUR', 'captured', 'sandbox', 'r-1', '2026-06-10 12:00Z');
            insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind, refunded_at)
            values (platform.uuid_v7_of('2026-01-01', 'student'), platform.uuid_v7_of('2026-01-01', 'payment'),
                    platform.uuid_v7_of('2026-01-01', 'order'), platform.uuid_v7_of('2026-01-01', 'python-in-practice'), 9.5, 'EUR', 'student', '2026-06-12 12:00Z')
            """;
}
