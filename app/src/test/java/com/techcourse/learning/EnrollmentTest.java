package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Students enrol through the application, and are refused by the database. */
class EnrollmentTest extends WithAcademy {

    private static final String ENROL =
            "insert into learning.enrollments (student_id, course_id, order_id) values (?, ?, ?)";

    @Test
    void twiceIsRefused() {
        UUID student = academy.student();
        UUID course = academy.course("0");
        as(student, "student", sql -> sql.run(ENROL, student, course, null));
        Refusal.by(
                "23505",
                "enrollments_student_id_course_id_pkey",
                () -> as(student, "student", sql -> sql.run(ENROL, student, course, null)));
    }

    @Test
    void aDraftIsNotOpen() {
        UUID student = academy.student();
        UUID draft = academy.course(academy.instructor(), "0", "draft");
        Refusal.by("TC301", () -> as(student, "student", sql -> sql.run(ENROL, student, draft, null)));
    }

    @Test
    void aPriceMustBePaid() {
        UUID student = academy.student();
        UUID course = academy.course("49.00");
        Refusal.by("TC302", () -> as(student, "student", sql -> sql.run(ENROL, student, course, null)));
    }

    @Test
    void aPaidOrderOpensTheCourse() {
        UUID student = academy.student();
        UUID course = academy.course("49.00");
        academy.purchase(student, course);
        assertThat(owner.number(
                        "select count(*) from learning.enrollments where student_id = ? and course_id = ?",
                        student,
                        course))
                .isOne();
    }

    @Test
    void anOrderWithoutCapturedPaymentIsRefused() {
        UUID student = academy.student();
        UUID course = academy.course("49.00");
        Order order = academy.order(student, course);
        academy.payment(order, "pending");
        Refusal.by("TC303", () -> as(student, "student", sql -> sql.run(ENROL, student, course, order.id())));
        UUID other = academy.student();
        academy.pay(academy.order(other, course));
        Refusal.by("TC303", () -> as(other, "student", sql -> sql.run(ENROL, other, course, order.id())));
    }

    @Test
    void aRefundedOrderIsRefused() {
        UUID student = academy.student();
        UUID course = academy.course("49.00");
        Payment payment = academy.purchase(student, course);
        academy.refund(payment, course, "49.00");
        assertThat(owner.one("select end_reason from learning.enrollments where student_id = ?", student))
                .isEqualTo("refunded");
        Refusal.by(
                "TC303",
                () -> as(
                        student,
                        "student",
                        sql -> sql.run(
                                "update learning.enrollments set ended_at = null, end_reason = null where student_id = ?",
                                student)));
    }

    @Test
    void completionCannotBeClaimed() {
        UUID student = academy.student();
        UUID course = academy.course("0");
        academy.enrol(student, course);
        for (String claim : new String[] {
            "update learning.enrollments set completed_at = now()",
            "update learning.enrollments set enrolled_at = now()",
            "insert into learning.enrollments (student_id, course_id, enrolled_at) values (null, null, now())",
            "delete from learning.enrollments"
        }) {
            Refusal.by("42501", () -> as(student, "student", sql -> sql.run(claim)));
        }
    }

    @Test
    void nobodyEnrolsAnother() {
        UUID student = academy.student();
        UUID other = academy.student();
        UUID course = academy.course("0");
        Refusal.by("42501", () -> as(student, "student", sql -> sql.run(ENROL, other, course, null)));
    }
}
