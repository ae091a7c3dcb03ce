package com.techcourse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Buying by the functions that the application calls, each step in its own transaction; after each test the books agree. */
public abstract class WithCheckout extends WithAcademy {

    private static final AtomicLong KEYS = new AtomicLong();

    @AfterEach
    void theBooksAgree() {
        assertThat(owner.run("select rule from reporting.books_differences()")).isEmpty();
    }

    /** A key that nobody used. */
    protected static String key() {
        return "test-key-" + KEYS.incrementAndGet();
    }

    /** A wish for these courses with further members, such as {@code "coupon_code": "TEN"}. */
    protected static String wish(String members, UUID... courses) {
        return Stream.of(courses)
                .map("{\"course_id\": \"%s\"}"::formatted)
                .collect(Collectors.joining(
                        ", ", "{\"courses\": [", "]" + (members.isEmpty() ? "" : ", " + members) + "}"));
    }

    protected Order place(UUID student, String members, UUID... courses) {
        return order(student, key(), wish(members, courses));
    }

    protected Order order(UUID student, String key, String wish) {
        return new Order(student, as(student, "student", sql -> placed(sql, key, wish)));
    }

    protected static UUID placed(Sql sql, String key, String wish) {
        return sql.uuid(
                "select (sales.place_order(?::jsonb, ?, sha256(convert_to(?, 'UTF8'))) #>> '{body,id}')::uuid",
                wish,
                key,
                wish);
    }

    protected Payment begin(Order order) {
        return begin(order, key());
    }

    protected Payment begin(Order order, String key) {
        return as(order.studentId(), "student", sql -> begun(sql, order, key));
    }

    protected static Payment begun(Sql sql, Order order, String key) {
        return new Payment(
                order, sql.uuid("select (sales.begin_payment(?, 'demo', ?) ->> 'payment_id')::uuid", order.id(), key));
    }

    /** The gateway took so much, in EUR. */
    protected @Nullable Object capture(Payment payment, String amount) {
        try (Sql app = Sql.connect(database.appUrl())) {
            return app.transaction(sql -> captured(sql, payment, amount));
        }
    }

    protected static @Nullable Object captured(Sql sql, Payment payment, String amount) {
        sql.actAs(null, "visitor");
        return sql.one(
                "select sales.capture_payment(?, ?, ?, ?::numeric, 'EUR', 0.30, clock_timestamp())",
                payment.order().studentId(),
                payment.id(),
                "gateway-" + payment.id(),
                amount);
    }

    protected Payment buy(UUID student, String members, UUID... courses) {
        Payment payment = begin(place(student, members, courses));
        assertThat(capture(payment, total(payment.order()))).isEqualTo("captured");
        return payment;
    }

    protected String total(Order order) {
        return ((BigDecimal) owner.one("select total_amount from sales.orders where id = ?", order.id()))
                .toPlainString();
    }

    /** What is in an account of the academy, credits less debits. */
    protected String credit(String kind, @Nullable UUID instructor) {
        return String.valueOf(owner.one("""
                select coalesce(sum(case when e.credit_account_id = a.id then e.amount else -e.amount end), 0)::numeric(14, 2)
                  from sales.ledger_accounts a left join sales.ledger_entries e on a.id in (e.credit_account_id, e.debit_account_id)
                 where a.kind = ? and a.instructor_id is not distinct from ?::uuid
                """, kind, instructor));
    }
}
