package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithCheckout;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A hundred connections place, pay and take back the same thing in the same moment. */
class CheckoutRaceTest extends WithCheckout {

    private static final int RUNNERS = 100;

    @Test
    void oneKeyIsOneOrder() {
        UUID student = academy.student();
        String wish = wish("", academy.course("10.00"));
        String key = key();
        Race.Result race = Race.of(
                RUNNERS,
                database.appUrl(),
                (sql, number) -> sql.transaction(one -> {
                    one.actAs(student, "student");
                    return placed(one, key, wish);
                }));
        assertThat(race.winners()).as(race.toString()).isEqualTo(RUNNERS);
        assertThat(owner.number("select count(*) from sales.orders where student_id = ?", student))
                .isOne();
    }

    @Test
    void manyTabsLeaveOneOpenBasket() {
        UUID student = academy.student();
        String wish = wish("", academy.course("10.00"));
        Race.Result race = Race.of(
                RUNNERS,
                database.appUrl(),
                (sql, number) -> sql.transaction(one -> {
                    one.actAs(student, "student");
                    return placed(one, key(), wish);
                }));
        assertThat(race.winners()).as(race.toString()).isEqualTo(RUNNERS);
        assertThat(owner.number(
                        "select count(*) from sales.orders where student_id = ? and closed_at is null", student))
                .isOne();
    }

    @Test
    void manyTabsShareOnePaymentAndManyMessagesCaptureItOnce() {
        UUID student = academy.student();
        Order order = place(student, "", academy.course("10.00"));
        Race.Result begun = Race.of(
                RUNNERS,
                database.appUrl(),
                (sql, number) -> sql.transaction(one -> {
                    one.actAs(student, "student");
                    return begun(one, order, key());
                }));
        assertThat(begun.winners()).as(begun.toString()).isEqualTo(RUNNERS);
        Payment payment =
                new Payment(order, owner.uuid("select id from sales.payments where order_id = ?", order.id()));
        Race.Result captures = Race.of(
                RUNNERS, database.appUrl(), (sql, number) -> sql.transaction(one -> captured(one, payment, "10.00")));
        assertThat(captures.winners()).as(captures.toString()).isEqualTo(RUNNERS);
        assertThat(owner.number("select count(*) from sales.ledger_entries where transaction_id = ?", payment.id()))
                .isEqualTo(3);
    }

    @Test
    void captureAndCancellationNeverBothWin() {
        Order[] orders = new Order[RUNNERS / 2];
        Payment[] payments = new Payment[orders.length];
        UUID course = academy.course("10.00");
        for (int i = 0; i < orders.length; i++) {
            orders[i] = place(academy.student(), "", course);
            payments[i] = begin(orders[i]);
            Payment payment = payments[i];
            as(
                    orders[i].studentId(),
                    "student",
                    sql -> sql.one(
                            "select sales.fail_payment(?, ?, 'declined')",
                            payment.order().studentId(),
                            payment.id()));
        }
        Race.of(
                RUNNERS,
                database.appUrl(),
                (sql, number) -> sql.transaction(one -> {
                    if (number % 2 == 0) {
                        return captured(one, payments[number / 2], "10.00");
                    }
                    one.actAs(orders[number / 2].studentId(), "student");
                    return one.one("select sales.cancel_order(?)", orders[number / 2].id());
                }));
        assertThat(owner.number(
                        "select count(*) from sales.orders where closed_at is not null and paid_at is not null"))
                .isZero();
        assertThat(owner.number("""
                select count(*) from sales.orders o join sales.payments p on p.order_id = o.id
                 where (o.paid_at is null) <> (p.status = 'surplus')
                   and o.student_id in (select student_id from sales.course_holds union select student_id from sales.gateway_refunds)
                """)).isZero();
    }

    @Test
    void aRefundOfTheWholeIsOne() {
        UUID student = academy.student();
        Payment payment = buy(student, "", academy.course("10.00"), academy.course("20.00"));
        Race.Result race = Race.of(
                RUNNERS,
                database.appUrl(),
                (sql, number) -> sql.transaction(one -> {
                    one.actAs(student, "student");
                    return one.uuid(
                            "select sales.refund_order(?, ?, null, null)",
                            student,
                            payment.order().id());
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(new Refusal("TC431", null));
        assertThat(owner.number("select count(*) from sales.refunds where payment_id = ?", payment.id()))
                .isEqualTo(2);
    }
}
