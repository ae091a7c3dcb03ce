package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** In, out, and in again. */
class EnrollingTest extends WithAcademy {

    private static final String ENROL = "select learning.enrol(?, ?)";
    private static final String END = "select learning.end_enrolment(?, ?)";

    private Object enrol(UUID student, UUID course) {
        return as(student, "student", sql -> sql.one(ENROL, student, course));
    }

    private Object end(UUID student, UUID course) {
        return as(student, "student", sql -> sql.one(END, student, course));
    }

    @Test
    void repeatedItChangesNothing() {
        UUID course = academy.course("0");
        UUID student = academy.student();
        assertThat(end(student, course)).isEqualTo(false);
        assertThat(enrol(student, course)).isEqualTo("enrolled");
        assertThat(enrol(student, course)).isEqualTo("already");
        assertThat(end(student, course)).isEqualTo(true);
        assertThat(end(student, course)).isEqualTo(true);
        assertThat(enrol(student, course)).isEqualTo("returned");
        assertThat(owner.number(
                        "select count(*) from learning.enrollments where student_id = ? and ended_at is null", student))
                .isOne();
        assertThat(owner.number(
                        "select count(*) from learning.events where student_id = ? and kind = 'enrolled'", student))
                .isEqualTo(2);
    }

    @Test
    void whoIsInStaysInWhateverBecomesOfTheCourse() {
        UUID course = academy.course("0");
        UUID student = academy.student();
        enrol(student, course);
        owner.run("update catalog.courses set price = 10 where id = ?", course);
        assertThat(enrol(student, course)).isEqualTo("already");
        owner.run("update catalog.courses set status = 'archived' where id = ?", course);
        assertThat(enrol(student, course)).isEqualTo("already");
        end(student, course);
        Refusal.by("TC301", () -> enrol(student, course));
    }

    @Test
    void whatWasGivenBackBuysNothing() {
        UUID course = academy.course("20.00");
        UUID student = academy.student();
        Order order = academy.order(student, course);
        Payment payment = academy.pay(order);
        end(student, course);
        assertThat(enrol(student, course)).isEqualTo("returned");
        academy.refund(payment, course, "20.00");
        Refusal.by("TC302", () -> enrol(student, course));
    }

    @Test
    void whoWasRemovedIsLetInByStaffOnly() {
        UUID course = academy.course("0");
        UUID student = academy.student();
        UUID admin = academy.admin();
        enrol(student, course);
        as(admin, "admin", sql -> sql.run(END, student, course));
        Refusal.by("TC350", () -> enrol(student, course));
        Object letIn = as(admin, "admin", sql -> sql.one(ENROL, student, course));
        assertThat(letIn).isEqualTo("returned");
    }

    @Test
    void nobodyEnrolsOrWithdrawsAnother() {
        UUID course = academy.course("0");
        UUID student = academy.student();
        UUID other = academy.student();
        enrol(student, course);
        Refusal.by("TC355", () -> as(other, "student", sql -> sql.run(END, student, course)));
        Refusal.by("TC355", () -> as(student, "student", sql -> sql.run(ENROL, other, course)));
        Refusal.by("TC355", () -> as(other, "instructor", sql -> sql.run(ENROL, student, course)));
    }
}
