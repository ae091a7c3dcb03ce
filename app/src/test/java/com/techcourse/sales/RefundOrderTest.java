package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithCheckout;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Students, staff and banks take money back; the books follow to the cent. */
class RefundOrderTest extends WithCheckout {

    private UUID refund(UUID who, String role, Payment payment, @Nullable String lines, @Nullable String reason) {
        return as(
                who,
                role,
                sql -> sql.uuid(
                        "select sales.refund_order(?, ?, ?::jsonb, ?)",
                        payment.order().studentId(),
                        payment.order().id(),
                        lines,
                        reason));
    }

    private UUID byStudent(Payment payment, @Nullable String lines) {
        return refund(payment.order().studentId(), "student", payment, lines, null);
    }

    private static String part(UUID course, String amount) {
        return "[{\"course_id\": \"%s\", \"amount\": \"%s\"}]".formatted(course, amount);
    }

    @Test
    void aStudentTakesAnOrderBackWithinTheWindow() {
        UUID student = academy.student();
        UUID instructor = academy.instructor();
        UUID course = academy.course(instructor, "9.99", "published");
        Payment payment = buy(student, "", course);
        UUID given = byStudent(payment, null);
        assertThat(credit("instructor_earned", instructor)).isEqualTo("0.00");
        assertThat(owner.one(
                        "select end_reason from learning.enrollments where student_id = ? and course_id = ?",
                        student,
                        course))
                .isEqualTo("refunded");
        Refusal.by("TC431", () -> byStudent(payment, null));
        assertThat(given(payment, given)).isEqualTo(true);
        assertThat(given(payment, given)).isEqualTo(false);
        assertThat(owner.number("select count(*) from sales.ledger_entries where transaction_id = ?", given))
                .isOne();
    }

    private Object given(Payment payment, UUID gatewayRefund) {
        return as(
                payment.order().studentId(),
                "student",
                sql -> sql.one(
                        "select sales.given_back(?, ?, 're_1')", payment.order().studentId(), gatewayRefund));
    }

    @Test
    void laterOnlyTheStaff() {
        UUID course = academy.course("10.00");
        Payment payment = buy(academy.student(), "", course);
        owner.run("update platform.settings set value = '0' where name = 'refund_window_days'");
        try {
            Refusal.by("TC425", () -> byStudent(payment, null));
            UUID accountant = academy.user("accountant");
            Refusal.by("TC426", () -> refund(accountant, "accountant", payment, null, " "));
            assertThat(refund(accountant, "accountant", payment, part(course, "4.00"), "Goodwill"))
                    .isNotNull();
            assertThat(refund(academy.admin(), "admin", payment, null, "Goodwill"))
                    .isNotNull();
        } finally {
            owner.run("update platform.settings set value = '30' where name = 'refund_window_days'");
        }
        assertThat(owner.one(
                        "select string_agg(amount::text || kind, ' ' order by amount) from sales.refunds where payment_id = ?",
                        payment.id()))
                .isEqualTo("4.00staff 6.00staff");
    }

    @Test
    void onlyWhatIsThere() {
        UUID course = academy.course("10.00");
        Payment payment = buy(academy.student(), "", course);
        UUID admin = academy.admin();
        Refusal.by("TC426", () -> byStudent(payment, part(course, "1.00")));
        Refusal.by("TC426", () -> byStudent(payment, "[{\"course_id\": \"%s\"}]".formatted(UUID.randomUUID())));
        Refusal.by(
                "23514",
                "payments_refunded_at_most_paid_check",
                () -> refund(admin, "admin", payment, part(course, "10.01"), "Too much"));
        Refusal.by("TC433", () -> byStudent(begin(place(academy.student(), "", course)), null));
        UUID stranger = academy.student();
        java.util.List<@Nullable Object> nothing = as(
                stranger,
                "student",
                sql -> sql.run(
                        "select sales.refund_order(?, ?, null, null)",
                        payment.order().studentId(),
                        payment.order().id()));
        assertThat(nothing).containsOnlyNulls();
    }

    @Test
    void partsAddUpToTheWhole() {
        UUID lead = academy.instructor();
        UUID second = academy.instructor();
        UUID course = academy.course(lead, "9.99", "published");
        owner.run(
                "insert into catalog.course_instructors (course_id, instructor_id, share_percent) values (?, ?, 33.33)",
                course,
                second);
        owner.run("insert into sales.tax_rates values ('FR', '2020-01-01', 0.2, 'TVA') on conflict do nothing");
        String taxes = credit("taxes", null);
        Payment payment = buy(academy.student(), "\"country\": \"FR\"", course);
        UUID admin = academy.admin();
        for (String amount : new String[] {"0.01", "3.33", "0.02", "1.17", "2.50", "2.95", "0.01"}) {
            refund(admin, "admin", payment, part(course, amount), "Bit by bit");
        }
        assertThat(credit("instructor_earned", lead)).isEqualTo("0.00");
        assertThat(credit("instructor_earned", second)).isEqualTo("0.00");
        assertThat(credit("taxes", null)).isEqualTo(taxes);
    }

    @Test
    void aReleasedShareIsTakenFromWhatIsPayable() {
        UUID instructor = academy.instructor();
        UUID course = academy.course(instructor, "10.00", "published");
        Payment payment = buy(academy.student(), "", course);
        owner.run(
                """
                insert into sales.ledger_entries (transaction_id, business_day, kind, debit_account_id, credit_account_id, amount, currency,
                                                  student_id, order_id, course_id)
                values (?, current_date, 'release', sales.ledger_account('instructor_earned', ?, 'EUR'),
                        sales.ledger_account('instructor_payable', ?, 'EUR'), 7.00, 'EUR', ?, ?, ?)
                """,
                payment.id(),
                instructor,
                instructor,
                payment.order().studentId(),
                payment.order().id(),
                course);
        refund(academy.admin(), "admin", payment, part(course, "5.00"), "Half of it");
        assertThat(credit("instructor_earned", instructor)).isEqualTo("0.00");
        assertThat(credit("instructor_payable", instructor)).isEqualTo("3.50");
    }

    @Test
    void aBankTakesItBackOnce() {
        UUID course = academy.course("10.00");
        UUID other = academy.course("20.00");
        Payment payment = buy(academy.student(), "", course, other);
        refund(academy.admin(), "admin", payment, part(course, "10.00"), "First");
        String chargeBack = "select sales.charge_back(?, ?, 'dp_1', 30.00, 15.00, clock_timestamp())";
        UUID student = payment.order().studentId();
        UUID once = as(student, "student", sql -> sql.uuid(chargeBack, student, payment.id()));
        UUID again = as(student, "student", sql -> sql.uuid(chargeBack, student, payment.id()));
        assertThat(again).isEqualTo(once);
        assertThat(owner.one(
                        "select string_agg(kind || amount, ' ' order by kind) from sales.refunds where payment_id = ?",
                        payment.id()))
                .isEqualTo("chargeback20.00 staff10.00");
        assertThat(owner.number(
                        "select count(*) from learning.enrollments where student_id = ? and ended_at is null", student))
                .isZero();
    }

    @Test
    void aSaleThatIsNotInTheBooksIsNotGivenBack() {
        UUID course = academy.course("10.00");
        Payment payment = academy.payment(academy.order(academy.student(), course), "pending");
        try (com.techcourse.testing.Sql superuser = com.techcourse.testing.Sql.connect(database.superuserUrl())) {
            superuser.andBack(sql -> {
                sql.run("set local session_replication_role = replica");
                sql.run(
                        "update sales.payments set status = 'captured', captured_at = now(), business_day = current_date where id = ?",
                        payment.id());
                sql.run("set local session_replication_role = origin");
                Refusal.by(
                        "TC432",
                        () -> sql.run(
                                com.techcourse.testing.Academy.REFUND,
                                payment.order().studentId(),
                                payment.id(),
                                payment.order().id(),
                                course,
                                "1.00"));
                return payment;
            });
        }
    }

    @Test
    void theCouponComesBackByTheSetting() {
        UUID course = academy.course("10.00");
        academy.coupon("AGAIN", 1, 1);
        Payment first = buy(academy.student(), "\"coupon_code\": \"AGAIN\"", course);
        byStudent(first, null);
        Refusal.by(
                "TC412",
                "coupon_slots_slot_no_within_limit_check",
                () -> place(academy.student(), "\"coupon_code\": \"AGAIN\"", course));
        owner.run("update platform.settings set value = 'true' where name = 'refund_frees_coupon'");
        academy.coupon("FREED", 1, 1);
        byStudent(buy(academy.student(), "\"coupon_code\": \"FREED\"", course), null);
        owner.run("update platform.settings set value = 'false' where name = 'refund_frees_coupon'");
        assertThat(total(place(academy.student(), "\"coupon_code\": \"FREED\"", course)))
                .isEqualTo("9.00");
    }
}
