package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Many connections enrol, pay back and come back in the same moment. */
class EnrollmentRaceTest extends WithAcademy {

    private static final int PAIRS = 25;
    private static final String PAID_AND_NOT_REFUNDED = """
            select count(*) from learning.enrollments e join sales.order_lines l using (student_id, order_id, course_id)
             where e.ended_at is null and l.refunded_amount = l.amount
            """;

    @Test
    void sixtyRetriesMakeOneEnrolment() {
        UUID student = academy.student();
        UUID course = academy.course("0");
        Race.Result race = Race.of(
                60,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> {
                    app.actAs(student, "student");
                    return app.run(
                            "insert into learning.enrollments (student_id, course_id) values (?, ?)", student, course);
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals())
                .hasSize(59)
                .containsOnly(new Refusal("23505", "enrollments_student_id_course_id_pkey"));
    }

    @Test
    void refundAndReturnNeverBothWin() {
        UUID course = academy.course("49.00");
        List<Payment> payments = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            Payment payment = academy.purchase(academy.student(), course);
            payments.add(payment);
        }
        owner.run(
                "update learning.enrollments set ended_at = clock_timestamp(), end_reason = 'withdrawn' where course_id = ?",
                course);
        Race.Result race = againstRefunds(
                payments,
                course,
                (sql, payment) -> sql.run(
                        "update learning.enrollments set ended_at = null, end_reason = null where student_id = ?",
                        payment.order().studentId()));
        assertThat(race.refusals()).allMatch(refusal -> refusal.sqlState().equals("TC303"));
        assertThat(owner.number(PAID_AND_NOT_REFUNDED)).isZero();
    }

    @FunctionalInterface
    private interface Enrolment {
        Object of(Sql sql, Payment payment);
    }

    /** For each payment, the loader gives it back while its student enrols. */
    private Race.Result againstRefunds(List<Payment> payments, UUID course, Enrolment enrolment) {
        Race.Result race = Race.of(
                2 * PAIRS,
                number -> number % 2 == 0 ? database.appUrl() : database.ownerUrl(),
                (sql, number) -> sql.transaction(one -> {
                    Payment payment = payments.get(number / 2);
                    if (number % 2 == 0) {
                        one.actAs(payment.order().studentId(), "student");
                        return enrolment.of(one, payment);
                    }
                    one.run("set local role techcourse_loader");
                    return one.run(
                            Academy.REFUND,
                            payment.order().studentId(),
                            payment.id(),
                            payment.order().id(),
                            course,
                            "49.00");
                }));
        assertThat(owner.number("select count(*) from sales.refunds where course_id = ?", course))
                .as("every refund went through")
                .isEqualTo(PAIRS);
        return race;
    }
}
