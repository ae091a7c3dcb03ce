package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules that one statement shows: the owner, who may do the most, tries each in {@code small-rules.sql} on an
 * academy with one of everything, and is refused by exactly the named constraint.
 */
class SmallRulesTest extends WithAcademy {

    /** A statement and what must refuse it. */
    record Attempted(String sqlState, String constraint, String role, String statement) {
        @Override
        public String toString() {
            return constraint;
        }
    }

    private static final Pattern HEADER = Pattern.compile("(?m)^-- (\\w{5}) (\\w+_\\w+)(?: (\\w+))?$");

    @BeforeAll
    void oneOfEverything() {
        UUID course = academy.course("49.00");
        UUID student = academy.student();
        Order order = academy.emptyOrder(student);
        owner.run("update sales.orders set idempotency_key = 'first-order-key'");
        academy.addLine(order, course);
        academy.coupon("SAMPLE", 10, 2);
        as(student, "student", sql -> sql.run("select sales.redeem_coupon(?, 'SAMPLE')", order.id()));
        Payment payment = academy.pay(order);
        academy.refund(payment, course, "1.00");
        academy.payment(academy.order(academy.student(), course), "pending");
        owner.run("update sales.payments set idempotency_key = 'a-key-of-it' where status = 'pending'");
        owner.run("insert into sales.tax_rates values ('DE', '2026-01-01', 0.19, 'MwSt')");
        owner.run(
                "insert into sales.answered_requests values (?, 'first-key', 'place_order', sha256('x'), 201, '{}')",
                student);
        owner.run(
                "insert into sales.line_shares select student_id, order_id, course_id, instructor_id, 5 from sales.order_lines");
        owner.run(
                "insert into sales.gateway_refunds (student_id, payment_id, amount, currency) values (?, ?, 1, 'EUR')",
                student,
                payment.id());
        academy.certificate(academy.graded(student, academy.quiz(course), "80"));
        owner.run("insert into learning.reviews (student_id, course_id, rating) values (?, ?, 4)", student, course);
        owner.run(
                "insert into learning.certificate_numbers select number, student_id, course_id from learning.certificates");
        owner.run("insert into sales.payment_references values ('demo', 'reference-1', ?, ?)", student, payment.id());
        UUID bank = academy.account("bank", "EUR", null);
        owner.run("""
                insert into sales.ledger_entries (transaction_id, business_day, kind, debit_account_id, credit_account_id, amount, currency)
                values (gen_random_uuid(), current_date, 'sale', ?, ?, 5, 'EUR')
                """, bank, academy.account("platform_revenue", "EUR", null));
        owner.run(
                "insert into sales.payouts (instructor_id, period_start, period_end, amount, currency) values (?, '2026-10-01', '2026-11-01', 5, 'EUR')",
                academy.instructorOf(course));
        owner.run("insert into sales.coupon_watermarks select id, 0 from sales.coupons");
        owner.run("insert into sales.coupon_returned_slots select id, 9 from sales.coupons");
        owner.run("select sales.demo_ask(?, 'success', 'captured', null, 49, 'EUR')", payment.id());
        owner.run("select sales.demo_give_back(gen_random_uuid(), ?, 1, 'EUR')", payment.id());
        owner.run("select sales.begin_gateway_event('stripe', 'evt_1', 'checkout.session.completed')");
        owner.run("select sales.number_invoices(null, 100, null)");
        owner.run("update catalog.quizzes set external_id = 'quiz-1'");
        academy.quiz(course);
        academy.course("0");
        seats(academy.course("5.00"));
    }

    /** Two of a team, one of them taken. */
    private void seats(UUID course) {
        UUID buyer = academy.student();
        UUID team = as(buyer, "student", sql -> sql.uuid("select sales.found_organisation('Team')"));
        as(buyer, "student", sql -> sql.one("select sales.invite_manager(?, 'colleague@example.org')", team));
        owner.run(
                "insert into sales.orders (student_id, currency, purpose, organisation_id) values (?, 'EUR', 'team', ?)",
                buyer,
                team);
        owner.run(
                "insert into sales.seats (kind, organisation_id, manager_ids, buyer_id, order_id, course_id, seat_no, holder_id, held_at) select 'team', ?, ?::text::uuid[], ?, o.id, ?, n, case n when 1 then ?::uuid end, case n when 1 then now() end from generate_series(1, 2) n, sales.orders o where o.purpose = 'team'",
                team,
                "{" + buyer + "}",
                buyer,
                course,
                academy.student());
    }

    static Stream<Attempted> refused() {
        String file = file();
        return HEADER.matcher(file).results().map(header -> {
            String rest = file.substring(header.end());
            String role = Objects.requireNonNullElse(header.group(3), "none");
            return new Attempted(
                    header.group(1),
                    header.group(2),
                    role,
                    rest.substring(0, rest.indexOf(';')).strip());
        });
    }

    static List<String> coveredConstraints() {
        return refused().map(Attempted::constraint).toList();
    }

    private static String file() {
        try (InputStream file = SmallRulesTest.class.getResourceAsStream("/small-rules.sql")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource
    void refused(Attempted attempted) {
        Refusal.by(
                attempted.sqlState(),
                attempted.constraint(),
                () -> owner.andBack(sql -> {
                    sql.run("set local role " + attempted.role());
                    return sql.run(attempted.statement());
                }));
    }

    /** Every key in the list: the same row once more, under the same key, is refused. */
    @Test
    void aKeyStandsForOneRow() {
        Invariants.load().all().stream()
                .filter(invariant -> invariant.id().equals("keys-once"))
                .flatMap(invariant -> invariant.enforcedBy().stream())
                .forEach(key -> assertThat(isUnique(key.name())).as(key.name()).isTrue());
        Refusal.by(
                "23505",
                "orders_student_id_id_pkey",
                () -> owner.andBack(
                        sql -> sql.run(
                                "insert into sales.orders (student_id, id, currency) select student_id, id, currency from sales.orders")));
    }

    private boolean isUnique(String key) {
        String table = key.substring(0, key.lastIndexOf('.'));
        String name = key.substring(key.lastIndexOf('.') + 1);
        return (Boolean) owner.one("""
                select i.indisunique and i.indisvalid and i.indimmediate from pg_constraint c join pg_index i on i.indexrelid = c.conindid
                 where c.conrelid = ?::regclass and c.conname = ?
                """, table, name);
    }
}
