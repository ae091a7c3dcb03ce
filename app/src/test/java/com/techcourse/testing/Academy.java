package com.techcourse.testing;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A small academy made by SQL, row by row, as the owner: each method adds one thing and answers its key. Everything
 * passes the same constraints and triggers as in production.
 */
public final class Academy {

    /** An order is found by its student and its number. */
    public record Order(UUID studentId, UUID id) {}

    /** A payment is found by its student and its number. */
    public record Payment(Order order, UUID id) {}

    /** An attempt at a quiz that its student has started. */
    public record Attempt(UUID studentId, UUID id, UUID quizId) {}

    private final Sql owner;
    private final AtomicInteger counter = new AtomicInteger();
    private @Nullable UUID category;

    public Academy(Sql owner) {
        this.owner = owner;
    }

    public UUID user(String... roles) {
        int number = counter.incrementAndGet();
        UUID id = owner.uuid(
                "insert into identity.users (email, display_name) values (?, ?) returning id",
                "person" + number + "@example.org",
                "Person " + number);
        for (String role : roles) {
            owner.run("insert into identity.user_roles (user_id, role) values (?, ?)", id, role);
        }
        return id;
    }

    public UUID student() {
        return user("student");
    }

    public UUID instructor() {
        return user("instructor");
    }

    public UUID admin() {
        return user("admin");
    }

    /** A published course in EUR by a new instructor. */
    public UUID course(String price) {
        return course(instructor(), price, "published");
    }

    public UUID course(UUID instructor, String price, String status) {
        int number = counter.incrementAndGet();
        return owner.uuid(
                """
                insert into catalog.courses (slug, instructor_id, category_id, title, price, currency, status)
                values (?, ?, ?, ?, ?, 'EUR', ?) returning id
                """, "course-" + number, instructor, category(), "Course " + number, new BigDecimal(price), status);
    }

    /** One more than an order takes. */
    public UUID[] twentyOneCourses() {
        return java.util.stream.IntStream.range(0, 21)
                .mapToObj(_ -> course("1.00"))
                .toArray(UUID[]::new);
    }

    private UUID category() {
        UUID known = category;
        if (known == null) {
            known = owner.uuid("""
                    insert into catalog.categories (slug, name, position)
                    values ('subject-' || left(md5(random()::text), 12), 'Subject', 1) returning id
                    """);
            category = known;
        }
        return known;
    }

    public UUID instructorOf(UUID course) {
        return owner.uuid("select instructor_id from catalog.courses where id = ?", course);
    }

    /** One question, true or false, to be passed with 50 percent; without a limit of attempts or time. */
    public UUID quiz(UUID course) {
        return quiz(course, "");
    }

    /** {@code members} are further members of the document, such as {@code "max_attempts": 3}. */
    public UUID quiz(UUID course, String members) {
        return owner.uuid(
                "insert into catalog.quizzes (course_id, metadata) values (?, ?::jsonb) returning id",
                course,
                """
                {"schema_version": 1, "title": "Quiz", "passing_score": 50 %s, "questions": [
                  {"id": "q1", "type": "true_false", "text": "Is it?", "points": 1, "answer": true}]}
                """.formatted(members.isEmpty() ? "" : ", " + members));
    }

    /** An order in EUR without lines. */
    public Order emptyOrder(UUID student) {
        return new Order(
                student,
                owner.uuid("insert into sales.orders (student_id, currency) values (?, 'EUR') returning id", student));
    }

    /** An order of one course at its price, not paid. */
    public Order order(UUID student, UUID course) {
        Order order = emptyOrder(student);
        addLine(order, course);
        return order;
    }

    public void addLine(Order order, UUID course) {
        owner.run("""
                insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, currency, instructor_share)
                select ?, ?, c.id, c.instructor_id, c.price, c.currency, 0.7 from catalog.courses c where c.id = ?
                """, order.studentId(), order.id(), course);
    }

    /** A captured payment of the order's total: it enrols the student and posts the sale. */
    public Payment pay(Order order) {
        return payment(order, "captured");
    }

    public Payment payment(Order order, String status) {
        return new Payment(order, owner.uuid("""
                        with made as (
                          insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
                          select o.student_id, o.id, o.total_amount, o.currency, s.status, 'demo', gen_random_uuid()::text,
                                 case s.status when 'captured' then clock_timestamp() end
                            from sales.orders o, (select ?::text as status) s where o.student_id = ? and o.id = ?
                          returning student_id, id, gateway, reference
                        ), known as (
                          insert into sales.payment_references (gateway, reference, student_id, payment_id)
                          select gateway, reference, student_id, id from made
                        )
                        select id from made
                        """, status, order.studentId(), order.id()));
    }

    public Payment purchase(UUID student, UUID course) {
        return pay(order(student, course));
    }

    public void enrol(UUID student, UUID course) {
        owner.run("insert into learning.enrollments (student_id, course_id) values (?, ?)", student, course);
    }

    public static final String REFUND = """
            insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind)
            values (?, ?, ?, ?, ?::numeric, 'EUR', 'student')
            """;

    public UUID refund(Payment payment, UUID course, String amount) {
        return owner.uuid(
                REFUND + "returning id",
                payment.order().studentId(),
                payment.id(),
                payment.order().id(),
                course,
                amount);
    }

    /** A coupon of 10 percent on everything, valid for an hour each way. */
    public UUID coupon(String code, int limit, int perStudent) {
        return owner.uuid("""
                insert into sales.coupons (code, percent_off, scope, valid_from, valid_until, max_redemptions, max_per_student, created_by)
                values (?, 10, 'platform', now() - interval '1 hour', now() + interval '1 hour', ?, ?, ?) returning id
                """, code, limit, perStudent, admin());
    }

    /** The next attempt of an enrolled student, started the way the application does. */
    public Attempt startAttempt(UUID student, UUID quiz) {
        return owner.transaction(sql -> {
            sql.actAs(student, "student");
            return new Attempt(student, sql.uuid("select attempt_id from learning.start_attempt(?)", quiz), quiz);
        });
    }

    /** Started an hour ago, to be handed in within a time that may be over; taken by the loader. */
    public Attempt oldAttempt(UUID student, UUID quiz, Duration timeLimit) {
        Attempt attempt = startAttempt(student, quiz);
        owner.transaction(sql -> {
            sql.run("set local role techcourse_loader");
            sql.run(
                    "update learning.attempts set deadline_at = started_at + make_interval(secs => ?) where id = ?",
                    timeLimit.toMillis() / 1000.0,
                    attempt.id());
            return attempt;
        });
        return attempt;
    }

    /** Handed in and graded with a score in percent. */
    public Attempt graded(UUID student, UUID quiz, String score) {
        Attempt attempt = startAttempt(student, quiz);
        owner.transaction(sql -> {
            sql.run("set local role techcourse_loader");
            return sql.run("""
                    update learning.attempts set status = 'graded', submitted_at = clock_timestamp(), score = ?::numeric,
                      graded_at = clock_timestamp() where id = ?
                    """, score, attempt.id());
        });
        return attempt;
    }

    public static final String CERTIFICATE = """
            insert into learning.certificates (student_id, course_id, number, attempt_started_at, attempt_id, score)
            select student_id, course_id, 'TC-AAAA-BBBB-CCCC', started_at, id, coalesce(score, 0) from learning.attempts where id = ?
            """;

    public void certificate(Attempt attempt) {
        owner.run(CERTIFICATE, attempt.id());
    }

    public UUID account(String kind, String currency, @Nullable UUID instructor) {
        return owner.uuid("select sales.ledger_account(?, ?, ?)", kind, instructor, currency);
    }
}
