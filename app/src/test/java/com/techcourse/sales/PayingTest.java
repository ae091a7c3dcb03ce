package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithCheckout;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Payments begin, and end as captured, failed or not wanted; the database keeps to that. */
class PayingTest extends WithCheckout {

    private static final String STATUS = "select status from sales.payments where id = ?";

    @Test
    void aKeyAndAPendingPaymentAreFoundAgain() {
        UUID student = academy.student();
        Order order = place(student, "", academy.course("10.00"));
        String key = key();
        Payment payment = begin(order, key);
        assertThat(begin(order, key)).isEqualTo(payment);
        assertThat(begin(order)).as("another tab").isEqualTo(payment);
        Order other = place(student, "", academy.course("10.00"));
        Refusal.by("TC420", () -> begin(other, key));
        assertThat(failed(payment)).isEqualTo(true);
        assertThat(failed(payment)).isEqualTo(false);
        assertThat(begin(order, key)).as("its end is known").isEqualTo(payment);
        assertThat(begin(order)).as("another try").isNotEqualTo(payment);
    }

    private Object failed(Payment payment) {
        return as(
                payment.order().studentId(),
                "student",
                sql -> sql.one(
                        "select sales.fail_payment(?, ?, 'declined')",
                        payment.order().studentId(),
                        payment.id()));
    }

    @Test
    void aCaptureIsOneFactWithItsEnrolmentAndItsPostings() {
        UUID student = academy.student();
        UUID course = academy.course("10.00");
        Payment payment = begin(place(student, "", course));
        assertThat(capture(payment, "10.00")).isEqualTo("captured");
        assertThat(capture(payment, "10.00")).isEqualTo("already");
        assertThat(owner.number(
                        "select count(*) from learning.enrollments where student_id = ? and course_id = ? and ended_at is null",
                        student,
                        course))
                .isOne();
        assertThat(owner.number("select count(*) from sales.ledger_entries where transaction_id = ?", payment.id()))
                .as("instructor, academy, fee")
                .isEqualTo(3);
        assertThat(owner.one("select p.student_id from sales.find_payment('demo', ?) p", "gateway-" + payment.id()))
                .isEqualTo(student);
        Refusal.by("TC423", () -> begin(payment.order()));
    }

    @Test
    void anotherAmountIsNotCaptured() {
        Payment payment = begin(place(academy.student(), "", academy.course("10.00")));
        Refusal.by("TC424", () -> capture(payment, "9.99"));
        assertThat(owner.one(STATUS, payment.id())).isEqualTo("pending");
    }

    @Test
    void moneyThatCameTooLateGoesBack() {
        Payment late = begin(place(academy.student(), "", academy.course("10.00")));
        failed(late);
        as(
                late.order().studentId(),
                "student",
                sql -> sql.one("select sales.cancel_order(?)", late.order().id()));
        assertThat(capture(late, "10.00")).isEqualTo("surplus");
        assertThat(capture(late, "10.00")).isEqualTo("already");
        UUID archived = academy.course("10.00");
        Payment closed = begin(place(academy.student(), "", archived));
        owner.run("update catalog.courses set status = 'archived' where id = ?", archived);
        assertThat(capture(closed, "10.00")).isEqualTo("surplus");
        Order twice = place(academy.student(), "", academy.course("10.00"));
        Payment first = begin(twice);
        failed(first);
        Payment second = begin(twice);
        assertThat(capture(second, "10.00")).isEqualTo("captured");
        assertThat(capture(first, "10.00"))
                .as("declined, and taken all the same")
                .isEqualTo("surplus");
        assertThat(owner.number(
                        "select count(*) from sales.gateway_refunds where status = 'pending' and payment_id in (?, ?, ?)",
                        late.id(),
                        closed.id(),
                        first.id()))
                .isEqualTo(3);
        assertThat(owner.number("select count(*) from learning.enrollments where course_id = ?", archived))
                .isZero();
    }

    @Test
    void aPaymentGoesNoWayBack() {
        Payment payment = buy(academy.student(), "", academy.course("10.00"));
        for (String change : new String[] {
            "status = 'pending', captured_at = null, business_day = null",
            "status = 'failed', captured_at = null, business_day = null",
            "captured_at = now()",
            "gateway = 'other'",
            "business_day = '2020-01-01'"
        }) {
            Refusal.by("TC421", () -> owner.run("update sales.payments set " + change + " where id = ?", payment.id()));
        }
    }

    @Test
    void whatSomebodyHasIsNotPaidForAgain() {
        UUID student = academy.student();
        UUID course = academy.course("10.00");
        Order behindTheBack = academy.order(student, course);
        buy(student, "", course);
        Refusal.by("23505", "course_holds_student_id_course_id_pkey", () -> academy.pay(behindTheBack));
        UUID free = academy.course("0");
        academy.enrol(student, free);
        owner.run("update catalog.courses set price = 10 where id = ?", free);
        Order ofWhatIsTaken = academy.order(student, free);
        Refusal.by("TC419", () -> academy.pay(ofWhatIsTaken));
    }
}
