package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithCheckout;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A student places orders; the database freezes prices and refuses what is not to be had. */
class OrderTest extends WithCheckout {

    private static final String STATUS =
            "select coalesce(close_reason, case when paid_at is null then 'open' else 'paid' end) from sales.orders where id = ?";

    @Test
    void onlyStudentsOrder() {
        UUID course = academy.course("10.00");
        UUID instructor = academy.instructor();
        Refusal.by("TC428", () -> as(instructor, "instructor", sql -> placed(sql, key(), wish("", course))));
        Refusal.by("TC428", () -> {
            try (Sql app = Sql.connect(database.appUrl())) {
                app.transaction(sql -> {
                    sql.actAs(null, "visitor");
                    return placed(sql, key(), wish("", course));
                });
            }
        });
    }

    @Test
    void aBasketHoldsEachCourseOnce() {
        UUID student = academy.student();
        UUID course = academy.course("10.00");
        for (String wrong : List.of(
                "{}",
                "{\"courses\": []}",
                wish("", course, course),
                "{\"courses\": [{\"course_id\": null}]}",
                "{\"courses\": [{\"course_id\": \"%s\", \"quantity\": 2}]}".formatted(course))) {
            Refusal.by("TC429", () -> order(student, key(), wrong));
        }
        Refusal.by("TC429", () -> order(student, key(), wish("", academy.twentyOneCourses())));
    }

    @Test
    void whatIsNotOnSaleIsNotOrdered() {
        UUID student = academy.student();
        Refusal.by("TC434", () -> place(student, "", academy.course(academy.instructor(), "10.00", "draft")));
        Refusal.by("TC434", () -> place(student, "", UUID.randomUUID()));
    }

    @Test
    void nobodyBuysTheOwnCourse() {
        UUID both = academy.user("student", "instructor");
        Refusal.by("TC418", () -> place(both, "", academy.course(both, "10.00", "published")));
    }

    @Test
    void oneCurrencyInAnOrder() {
        UUID euros = academy.course("10.00");
        UUID dollars = academy.course("10.00");
        owner.run("update catalog.courses set currency = 'USD' where id = ?", dollars);
        Refusal.by("TC417", () -> place(academy.student(), "", euros, dollars));
    }

    @Test
    void whatIsOwnedIsNotBoughtAgainUntilItIsGivenBack() {
        UUID student = academy.student();
        UUID course = academy.course("10.00");
        Payment payment = buy(student, "", course);
        Refusal.by("TC419", () -> place(student, "", course));
        academy.refund(payment, course, "10.00");
        assertThat(owner.one(STATUS, place(student, "", course).id())).isEqualTo("open");
        UUID free = academy.course("0");
        academy.enrol(student, free);
        Refusal.by("TC419", () -> place(student, "", free));
    }

    @Test
    void theSameKeyIsTheSameOrder() {
        UUID student = academy.student();
        UUID course = academy.course("10.00");
        String key = key();
        Order first = order(student, key, wish("", course));
        assertThat(order(student, key, wish("", course))).isEqualTo(first);
        Refusal.by("TC420", () -> order(student, key, wish("\"country\": \"DE\"", course)));
        UUID other = academy.student();
        assertThat(order(other, key, wish("", course)).id())
                .as("keys are each one's own")
                .isNotEqualTo(first.id());
    }

    @Test
    void aNewBasketReplacesTheOldOne() {
        UUID student = academy.student();
        UUID course = academy.course("10.00");
        academy.coupon("ONCE", 1, 1);
        Order first = place(student, "\"coupon_code\": \"ONCE\"", course);
        Order second = place(student, "\"coupon_code\": \"once\"", course, academy.course("5.00"));
        assertThat(owner.one(STATUS, first.id())).isEqualTo("replaced");
        assertThat(total(second)).isEqualTo("13.50");
        assertThat(total(first)).as("what it was is kept").isEqualTo("9.00");
        Payment payment = begin(second);
        Refusal.by("TC427", () -> place(student, "", course));
        Refusal.by("TC427", () -> cancel(second));
        as(student, "student", sql -> sql.one("select sales.fail_payment(?, ?, 'declined')", student, payment.id()));
        assertThat(cancel(second)).isEqualTo(true);
        assertThat(cancel(second)).isEqualTo(false);
        assertThat(
                        owner.one(
                                "select count(*) from sales.coupon_slots s join sales.coupons c on c.id = s.coupon_id where code = 'ONCE'"))
                .isEqualTo(0L);
        Refusal.by("TC422", () -> begin(second));
    }

    private Object cancel(Order order) {
        return as(order.studentId(), "student", sql -> sql.one("select sales.cancel_order(?)", order.id()));
    }

    @Test
    void whatCostsNothingIsPaidAtOnce() {
        UUID student = academy.student();
        UUID course = academy.course("10.00");
        owner.run("""
                insert into sales.coupons (code, percent_off, scope, valid_until, max_redemptions, created_by)
                values ('ALL', 100, 'platform', now() + interval '1 day', 10, ?)
                """, academy.admin());
        Order order = place(student, "\"coupon_code\": \"ALL\"", course);
        assertThat(owner.one(STATUS, order.id())).isEqualTo("paid");
        assertThat(owner.number(
                        "select count(*) from learning.enrollments where student_id = ? and order_id = ?",
                        student,
                        order.id()))
                .isOne();
        Refusal.by("TC423", () -> begin(order));
        Refusal.by("TC423", () -> cancel(order));
    }

    @Test
    void aCouponThatFitsNothingIsRefused() {
        UUID course = academy.course("10.00");
        owner.run("""
                insert into sales.coupons (code, amount_off, currency, scope, valid_until, max_redemptions, created_by)
                values ('DOLLARS', 5, 'USD', 'platform', now() + interval '1 day', 10, ?)
                """, academy.admin());
        Refusal.by("TC416", () -> place(academy.student(), "\"coupon_code\": \"DOLLARS\"", course));
    }

    @Test
    void ordersThatNobodyPaysAreClosed() {
        Order stale = place(academy.student(), "", academy.course("10.00"));
        Order paying = place(academy.student(), "", academy.course("10.00"));
        begin(paying);
        owner.run(
                "update sales.orders set placed_at = placed_at - interval '2 hours' where id in (?, ?)",
                stale.id(),
                paying.id());
        Order fresh = place(academy.student(), "", academy.course("10.00"));
        long closed = as(stale.studentId(), "student", sql -> sql.number("select sales.close_stale_orders()"));
        assertThat(closed).isOne();
        assertThat(owner.one(STATUS, stale.id())).isEqualTo("expired");
        assertThat(owner.one(STATUS, paying.id())).isEqualTo("open");
        assertThat(owner.one(STATUS, fresh.id())).isEqualTo("open");
    }

    @Test
    void answersAreForgottenAfterTwoDays() {
        UUID student = academy.student();
        String key = key();
        order(student, key, wish("", academy.course("10.00")));
        String kept = "select count(*) from sales.answered_requests where student_id = ?";
        as(student, "student", sql -> sql.number("select sales.forget_answers()"));
        assertThat(owner.number(kept, student)).isOne();
        owner.run(
                "update sales.answered_requests set asked_at = asked_at - interval '49 hours' where student_id = ?",
                student);
        as(student, "student", sql -> sql.number("select sales.forget_answers()"));
        assertThat(owner.number(kept, student)).isZero();
    }
}
