package com.techcourse.loading;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.platform.Progress;
import com.techcourse.testing.TestDatabase;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample academy is whole, believable, and the same wherever it is loaded. */
class SampleAcademyTest {

    static final LocalDate DAY = LocalDate.of(2026, 3, 17);
    static final Progress SILENT = new Progress(new PrintStream(OutputStream.nullOutputStream()), false);

    private static TestDatabase database;

    @BeforeAll
    static void load() {
        database = TestDatabase.create();
        assertThat(loadInto(database)).isTrue();
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    static boolean loadInto(TestDatabase target) {
        return new SampleAcademy()
                .load(target.database(), Optional.of(DAY), Optional.of(DemoPasswords.random()), SILENT);
    }

    @ParameterizedTest
    @CsvSource({
        "catalog.categories, 8, 8",
        "identity.instructor_profiles, 12, 12",
        "catalog.courses, 40, 40",
        "catalog.quizzes, 30, 60",
        "identity.users, 2017, 2017",
        "identity.credentials, 7, 7",
        "sales.orders, 2000, 2600",
        "sales.refunds, 80, 160",
        "sales.coupon_slots, 300, 900",
        "learning.enrollments, 3500, 5500",
        "learning.lesson_progress, 20000, 45000",
        "learning.attempts, 1400, 3000",
        "learning.certificates, 500, 1500",
        "learning.reviews, 700, 1500",
        "learning.events, 25000, 60000",
        "audit.course_price_changes, 14, 14",
        "audit.seals, 1, 1",
    })
    void has_as_many_rows_as_a_small_academy(String table, long least, long most) {
        // the superuser sees credentials too
        assertThat(count(table)).isBetween(least, most);
    }

    /** Each query names rows that must not exist. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id from catalog.quizzes where not catalog.is_quiz(metadata)",
                // a paid enrolment rests on a captured payment, another on a price of zero
                """
                select from learning.enrollments e join catalog.courses c on c.id = e.course_id
                 where (e.order_id is null and c.price > 0) or (e.order_id is not null and not exists (
                   select from sales.payments p
                    where p.student_id = e.student_id and p.order_id = e.order_id and p.status = 'captured'))
                """,
                "select from reporting.books_differences()",
                "select from (select currency, sum(balance) b from reporting.ledger_balances group by currency) s where b <> 0",
                """
                select from sales.coupons c join sales.coupon_slots s on s.coupon_id = c.id
                 group by c.id having count(*) > c.max_redemptions
                """,
                """
                select from sales.coupon_slots s join sales.coupons c on c.id = s.coupon_id
                 where s.taken_at not between c.valid_from and c.valid_until
                """,
                // a list price is the course's price at that moment
                """
                with prices as (select item from jsonb_array_elements({0}::jsonb) item), changes as (
                  select k.id, (p.item ->> 'new_price')::numeric as price,
                         ((date '2026-03-17' + (p.item ->> 'day')::int + time '07:00') at time zone 'UTC') as changed_at
                    from catalog.courses k join prices p on p.item ->> 'course' = k.slug)
                select from sales.order_lines l join sales.orders o on o.student_id = l.student_id and o.id = l.order_id
                  join catalog.courses k on k.id = l.course_id
                 where l.list_price <> coalesce(
                   (select c.price from changes c where c.id = k.id and c.changed_at <= o.placed_at order by c.changed_at desc limit 1),
                   (select (h.old_values ->> 'price')::numeric from audit.change_log h
                     where h.relation = 'catalog.courses' and h.row_key ->> 'id' = k.id::text and jsonb_exists(h.old_values, 'price')
                     order by h.changed_at limit 1), k.price)
                """,
                "select from sales.refunds r join sales.payments p on p.student_id = r.student_id and p.id = r.payment_id"
                        + " where r.refunded_at > p.captured_at + interval '30 days' or r.refunded_at < p.captured_at",
                "select from learning.enrollments e join identity.users u on u.id = e.student_id where e.enrolled_at < u.created_at",
                "select from learning.enrollments e join catalog.courses c on c.id = e.course_id where e.enrolled_at < c.published_at",
                // nobody learns before the enrolment, after its end, or after the last day
                """
                select from learning.lesson_progress p join learning.enrollments e using (student_id, course_id)
                 where p.started_at < e.enrolled_at or p.completed_at > e.ended_at or p.last_seen_at >= '2026-03-18 00:00+00'
                """,
                // the score is the sum of the points
                """
                select from learning.attempts a join catalog.quizzes q on q.id = a.quiz_id
                 where a.status = 'graded' and a.score <> (
                   select round(100 * (select sum(v::numeric) from jsonb_each_text(a.item_points) i (k, v)) / sum((x ->> 'points')::numeric), 2)
                     from jsonb_array_elements(q.metadata -> 'questions') x)
                """,
                // full points for exactly the right single choices
                """
                select from learning.attempts a join catalog.quizzes q on q.id = a.quiz_id
                  cross join jsonb_array_elements(q.metadata -> 'questions') x
                 where x ->> 'type' = 'single_choice' and a.status = 'graded'
                   and ((a.item_points ->> (x ->> 'id'))::numeric > 0) <> coalesce(a.answers -> (x ->> 'id') = x -> 'answer', false)
                """,
                "select from learning.certificates c left join learning.certificate_numbers n using (number) where n.number is null",
                "select from sales.payouts where status <> 'planned' or period_start <> '2026-02-01' or period_end <> '2026-03-01'",
                "select from audit.course_price_changes where changed_by_email is null or old_price = new_price",
                "select from audit.verify()",
                "select from identity.users where created_at >= '2026-03-18 00:00+00'",
            })
    void holds_no_contradiction(String rowsThatMustNotExist) {
        int rows = superuser(dsl -> rowsThatMustNotExist.contains("prices p")
                ? dsl.fetch(rowsThatMustNotExist, Scripts.read("academy/price_changes.json"))
                        .size()
                : dsl.fetch(rowsThatMustNotExist).size());
        assertThat(rows).isZero();
    }

    @Test
    void is_believable() {
        assertThat(number("select count(*) * 100.0 / (select count(*) from sales.order_lines) from sales.refunds"))
                .isBetween(3.0, 6.0);
        assertThat(number("select count(*) filter (where created_at >= '2026-02-15') * 1.0 / count(*) filter (where"
                        + " created_at < '2025-04-17') from identity.users"))
                .as("sign-ups grow")
                .isGreaterThan(2.0);
        assertThat(number(
                        "select avg((extract(isodow from day) >= 6)::int * units_sold) / avg((extract(isodow from day) < 6)::int"
                                + " * units_sold) * 5 / 2 from reporting.daily_sales"))
                .as("weekends sell more")
                .isGreaterThan(1.1);
        assertThat(number(
                        "select max(n) * 1.0 / percentile_cont(0.5) within group (order by n) from (select count(*) n from"
                                + " sales.order_lines group by course_id) s"))
                .as("some courses are far more popular")
                .isGreaterThan(3.0);
        assertThat(number("select count(distinct country) from identity.users")).isGreaterThan(30.0);
        assertThat(number("select count(distinct currency) from reporting.daily_sales"))
                .isGreaterThanOrEqualTo(3.0);
    }

    @Test
    void questions_tell_able_students_from_others() {
        assertThat(number("select avg(discrimination) from analytics.question_statistics where attempts >= 30"))
                .isBetween(0.15, 0.9);
        assertThat(number("select stddev(difficulty) from analytics.question_statistics where attempts >= 30"))
                .isGreaterThan(0.08);
    }

    @Test
    void is_the_same_in_another_database_and_a_second_run_changes_nothing() {
        Map<String, String> first = Checksum.of(database.owner());
        try (TestDatabase other = TestDatabase.create()) {
            assertThat(loadInto(other)).isTrue();
            assertThat(Checksum.of(other.owner())).isEqualTo(first);
        }
        assertThat(new SampleAcademy().load(database.database(), Optional.empty(), Optional.empty(), SILENT))
                .isFalse();
        assertThat(Checksum.of(database.owner())).isEqualTo(first);
    }

    private static long count(String table) {
        return superuser(dsl -> dsl.fetchSingle("select count(*) from " + table).get(0, Long.class));
    }

    private static double number(String sql) {
        return superuser(dsl -> dsl.fetchSingle(sql).get(0, Double.class));
    }

    private static <T extends Object> T superuser(Function<DSLContext, T> question) {
        return Superuser.ask(database, question);
    }
}
