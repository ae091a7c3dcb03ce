package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The loader, as the functions of the checkout do, writes payments and refunds; the database keeps them honest. */
class PaymentTest extends WithAcademy {

    private static final String PAYMENT = """
            insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
            values (?, ?, ?::numeric, ?, 'captured', 'demo', gen_random_uuid()::text, now())
            """;

    @Test
    void aPaymentIsTheOrdersTotal() {
        Order order = academy.order(academy.student(), academy.course("49.00"));
        for (String[] wrong : new String[][] {{"48.99", "EUR"}, {"49.01", "EUR"}, {"49.00", "USD"}}) {
            Refusal.by(
                    "23503",
                    "payments_order_total_fkey",
                    () -> asLoader(sql -> sql.run(PAYMENT, order.studentId(), order.id(), wrong[0], wrong[1])));
        }
        asLoader(sql -> sql.run(PAYMENT, order.studentId(), order.id(), "49.00", "EUR"));
    }

    @Test
    void aPaidOrderTakesNoMoreLines() {
        Order order =
                academy.purchase(academy.student(), academy.course("49.00")).order();
        UUID another = academy.course("10.00");
        Refusal.by("23503", "payments_order_total_fkey", () -> academy.addLine(order, another));
    }

    @Test
    void anOrderIsPaidOnce() {
        Order order =
                academy.purchase(academy.student(), academy.course("49.00")).order();
        Refusal.by("23505", "payments_one_captured_per_order_key", () -> academy.pay(order));
        academy.payment(order, "failed");
    }

    @Test
    void aRefundIsAtMostThePayment() {
        UUID course = academy.course("49.00");
        Payment payment = academy.purchase(academy.student(), course);
        academy.refund(payment, course, "40.00");
        Refusal.by("23514", "payments_refunded_at_most_paid_check", () -> academy.refund(payment, course, "9.01"));
        academy.refund(payment, course, "9.00");
        Refusal.by("23514", "payments_refunded_at_most_paid_check", () -> academy.refund(payment, course, "0.01"));
    }

    @Test
    void aRefundIsAtMostItsLine() {
        UUID cheap = academy.course("10.00");
        Order order = academy.order(academy.student(), cheap);
        academy.addLine(order, academy.course("90.00"));
        Payment payment = academy.pay(order);
        Refusal.by("23514", "order_lines_refunded_at_most_paid_check", () -> academy.refund(payment, cheap, "10.01"));
    }

    @Test
    void onlyACapturedPaymentIsGivenBack() {
        UUID course = academy.course("49.00");
        Payment pending = academy.payment(academy.order(academy.student(), course), "pending");
        Refusal.by("23514", "payments_only_captured_is_refunded_check", () -> academy.refund(pending, course, "1"));
    }

    @Test
    void aDiscountIsAtMostThePrice() {
        UUID course = academy.course("10.00");
        Order order = academy.emptyOrder(academy.student());
        Refusal refusal = Refusal.of(() ->
                asLoader(sql -> sql.run("""
                insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, discount_amount, currency, instructor_share, coupon_id)
                values (?, ?, ?, ?, 10, 10.01, 'EUR', 0.7, gen_random_uuid())
                """, order.studentId(), order.id(), course, academy.instructorOf(course))));
        // the amount itself would be negative, and its domain speaks first
        assertThat(refusal)
                .isIn(
                        new Refusal("23514", "money_amount_not_negative_check"),
                        new Refusal("23514", "order_lines_discount_at_most_price_check"));
    }

    @Test
    void theBusinessDayIsTheAcademys() {
        Refusal.by(
                "22023",
                () -> owner.run(
                        "update platform.settings set value = '\"Nowhere/Town\"' where name = 'accounting_time_zone'"));
        Refusal.by(
                "23514",
                "settings_accounting_time_zone_is_known_check",
                () -> owner.run("update platform.settings set value = '3' where name = 'accounting_time_zone'"));
        String day = """
                update sales.payments set status = 'captured', captured_at = '2026-03-01 23:30+00' where id = ? returning business_day::text
                """;
        UUID course = academy.course("1.00");
        owner.run("update platform.settings set value = '\"Asia/Tokyo\"' where name = 'accounting_time_zone'");
        assertThat(owner.one(
                        day,
                        academy.payment(academy.order(academy.student(), course), "pending")
                                .id()))
                .isEqualTo("2026-03-02");
        owner.run("update platform.settings set value = '\"America/New_York\"' where name = 'accounting_time_zone'");
        assertThat(owner.one(
                        day,
                        academy.payment(academy.order(academy.student(), course), "pending")
                                .id()))
                .isEqualTo("2026-03-01");
    }

    @Test
    void theApplicationWritesNoBooks() {
        UUID student = academy.student();
        academy.purchase(student, academy.course("5.00"));
        for (String claim : new String[] {
            "insert into sales.orders (student_id, currency) values (null, 'EUR')",
            "update sales.orders set total_amount = 0",
            "update sales.payments set status = 'captured'",
            "insert into sales.refunds (student_id) values (null)",
            "insert into sales.ledger_entries (kind) values ('sale')",
            "insert into sales.coupon_slots (slot_no) values (1)",
            "delete from sales.payments"
        }) {
            Refusal.by("42501", () -> as(student, "student", sql -> sql.run(claim)));
            Refusal.by("42501", () -> as(student, "admin", sql -> sql.run(claim)));
        }
    }
}
