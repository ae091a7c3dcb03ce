package com.techcourse.testing;

import com.techcourse.platform.web.WebServer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * A small academy over HTTP for one test class, which may change it: a database of its own, one person for each role
 * (student, other (another student), instructor, colleague (another instructor), accountant, marketing, auditor,
 * analyst, admin; {@code NAME@academy.example}), the courses {@code free-course} and {@code paid-course} (49.50 EUR,
 * both published, led by instructor) and {@code draft-course}, each with a section, two lessons and a quiz.
 */
public final class ApiAcademy implements AutoCloseable {

    public static final String PASSWORD = WebAcademy.PASSWORD;

    /** Hashed once: it costs a tenth of a second. */
    private static final String HASH = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2).encode(PASSWORD);

    private final TestDatabase database = TestDatabase.create();
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final WebServer node;
    private final ApiContract contract;

    private ApiAcademy(Map<String, Object> settings) {
        database.owner().execute("select platform.ensure_partitions()");
        fill(database.owner());
        node = WebServer.start(CompletableFuture.completedFuture(database.database()), 0, settings);
        contract = new ApiContract(node.port());
    }

    public static ApiAcademy start() {
        return start(Map.of());
    }

    /** With settings of the web server that differ from {@code application.yaml}. */
    public static ApiAcademy start(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "techcourse.requests-per-minute",
                1_000_000,
                "techcourse.secret-key",
                "a key for tests, of enough length"));
        all.putAll(settings);
        return new ApiAcademy(all);
    }

    public TestDatabase database() {
        return database;
    }

    public DSLContext owner() {
        return database.owner();
    }

    public int port() {
        return node.port();
    }

    public ApiContract contract() {
        return contract;
    }

    /** The same for each run: of a person, a course, a section, a lesson or a quiz by its name, see {@link #SQL}. */
    public UUID id(String name) {
        return java.util.Objects.requireNonNull(
                (UUID) database.owner().fetchValue("select platform.uuid_v7_of('2026-01-01Z', ?)", name));
    }

    /** Nobody signed in. */
    public ApiClient visitor() {
        return new ApiClient(node.port(), contract, null, null);
    }

    /** Somebody at the pages. */
    public Browser browser() {
        return new Browser(node.port());
    }

    /** Signed in by a session cookie, acting as the person's first role. */
    public ApiClient as(String who) {
        return as(who, null);
    }

    /** Signed in by the session of a browser. */
    public ApiClient session(String token) {
        return new ApiClient(node.port(), contract, token, null);
    }

    /** Signed in, acting as this role, which is given to the person where it is missing. */
    public ApiClient as(String who, @org.jspecify.annotations.Nullable String role) {
        String token = sessions.computeIfAbsent(who + "/" + role, key -> session(who, role));
        return new ApiClient(node.port(), contract, token, null);
    }

    /** A new student of this name, signed in. */
    public ApiClient newStudent(String who) {
        person(who, "student");
        return as(who, "student");
    }

    /** A new person; {@link #id} finds it. */
    public UUID person(String who, String role) {
        loader("""
                insert into identity.users (id, email, display_name, email_verified_at)
                values (platform.uuid_v7_of('2026-01-01Z', '%1$s'), '%1$s@academy.example', '%1$s Person', now());
                insert into identity.user_roles (user_id, role)
                values (platform.uuid_v7_of('2026-01-01Z', '%1$s'), '%2$s');
                insert into identity.credentials (user_id, password_hash)
                values (platform.uuid_v7_of('2026-01-01Z', '%1$s'), '%3$s')
                """.formatted(who, role, HASH));
        return id(who);
    }

    private String session(String who, @org.jspecify.annotations.Nullable String role) {
        byte[] bytes = new byte[32];
        new java.security.SecureRandom().nextBytes(bytes);
        String token = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        database.owner().execute("""
                select identity.open_session(sha256(convert_to(?, 'UTF8')), u.id, coalesce(?, r.role::text), interval '1 hour', 'test', null)
                  from identity.users u join lateral (select role from identity.user_roles where user_id = u.id order by role desc limit 1) r on true
                 where u.email::text = ?
                """, token, role, who + "@academy.example");
        return token;
    }

    /** Statements, each ended by a semicolon at the end of its line, as the loader. */
    public void loader(String statements) {
        owner().transaction(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            for (String statement : statements.split(";\n")) {
                transaction.dsl().execute(statement);
            }
        });
    }

    private void fill(DSLContext owner) {
        loader(SQL);
        loader("insert into identity.credentials (user_id, password_hash) select id, '" + HASH
                + "' from identity.users");
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }

    private static final String SQL = """
            insert into identity.users (id, email, display_name, email_verified_at)
            select platform.uuid_v7_of('2026-01-01Z', who), who || '@academy.example', initcap(who) || ' Person', now()
              from unnest(array['student', 'other', 'instructor', 'colleague', 'accountant', 'marketing', 'auditor', 'analyst', 'admin']) who;
            insert into identity.user_roles (user_id, role)
            select platform.uuid_v7_of('2026-01-01Z', who), role
              from (values ('student', 'student'), ('other', 'student'), ('instructor', 'instructor'), ('colleague', 'instructor'),
                ('accountant', 'accountant'), ('marketing', 'marketing'), ('auditor', 'auditor'), ('analyst', 'analyst'),
                ('admin', 'admin')) r (who, role);
            insert into identity.instructor_profiles (user_id, display_name, bio)
            values (platform.uuid_v7_of('2026-01-01Z', 'instructor'), 'Ines Okafor', 'Teaches what she builds.'),
                   (platform.uuid_v7_of('2026-01-01Z', 'colleague'), 'Carl Ito', 'Teaches what he cooks.');
            insert into catalog.categories (id, slug, name, position)
            values (platform.uuid_v7_of('2026-01-01Z', 'code'), 'code', 'Code', 1),
                   (platform.uuid_v7_of('2026-01-01Z', 'cooking'), 'cooking', 'Cooking', 2);
            insert into catalog.courses (id, slug, instructor_id, category_id, title, subtitle, description, price, currency, status, published_at)
            select platform.uuid_v7_of('2026-01-01Z', slug), slug, platform.uuid_v7_of('2026-01-01Z', 'instructor'),
                   platform.uuid_v7_of('2026-01-01Z', 'code'), title, 'A subtitle of some length', repeat('What one learns here. ', 10), price, 'EUR', status, published_at
              from (values ('free-course', 'Python for free', 0, 'published', timestamptz '2026-02-01Z'),
                ('paid-course', 'Python in practice', 49.5, 'published', '2026-06-01Z'),
                ('draft-course', 'Python, unfinished', 10, 'draft', null)) c (slug, title, price, status, published_at);
            insert into catalog.sections (id, course_id, position, title)
            select platform.uuid_v7_of('2026-01-01Z', slug || '/section'), id, 0, 'Beginnings' from catalog.courses;
            insert into catalog.lessons (id, course_id, section_id, position, title, kind, minutes, preview)
            select platform.uuid_v7_of('2026-01-01Z', slug || '/' || name), id, platform.uuid_v7_of('2026-01-01Z', slug || '/section'),
                   place, name, 'article', 7, place = 0
              from catalog.courses, (values ('first', 0), ('second', 1)) l (name, place);
            insert into catalog.lesson_contents (lesson_id, instructor_id, markdown)
            select id, instructor_id, '# ' || title from catalog.lessons;
            insert into catalog.quizzes (id, course_id, metadata)
            select platform.uuid_v7_of('2026-01-01Z', slug || '/quiz'), id, jsonb_build_object('schema_version', 1, 'title', 'Final quiz',
                     'passing_score', 50, 'max_attempts', 3, 'shuffle_questions', false, 'shuffle_options', false, 'questions',
                     '[{"id": "q1", "type": "true_false", "text": "Is it so?", "points": 1, "answer": true, "feedback": "It is."},
                       {"id": "q2", "type": "single_choice", "text": "Which?", "points": 1, "answer": "b",
                        "options": [{"id": "a", "text": "This"}, {"id": "b", "text": "That"}]}]'::jsonb)
              from catalog.courses
            """;
}
