package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Students redeem coupons on orders that they have not paid yet. */
class CouponTest extends WithAcademy {

    private Object redeem(Order order, String code) {
        return as(
                order.studentId(),
                "student",
                sql -> sql.one("select slot_no from sales.redeem_coupon(?, ?)", order.id(), code));
    }

    private Order anOrder() {
        return academy.emptyOrder(academy.student());
    }

    @Test
    void usedUp() {
        academy.coupon("TWO", 2, 1);
        assertThat(redeem(anOrder(), "two")).isEqualTo(1);
        assertThat(redeem(anOrder(), "Two")).isEqualTo(2);
        Refusal.by("TC412", "coupon_slots_slot_no_within_limit_check", () -> redeem(anOrder(), "TWO"));
    }

    @Test
    void askedTwiceItIsRedeemedOnce() {
        UUID coupon = academy.coupon("AGAIN", 5, 1);
        Order order = anOrder();
        assertThat(redeem(order, "AGAIN")).isEqualTo(redeem(order, "AGAIN"));
        assertThat(owner.number("select count(*) from sales.coupon_slots where coupon_id = ?", coupon))
                .isOne();
    }

    @Test
    void theStudentsLimit() {
        academy.coupon("EACH2", 100, 2);
        UUID student = academy.student();
        redeem(academy.emptyOrder(student), "EACH2");
        redeem(academy.emptyOrder(student), "EACH2");
        Refusal.by(
                "TC413",
                "coupon_redemptions_use_no_within_limit_check",
                () -> redeem(academy.emptyOrder(student), "EACH2"));
    }

    @Test
    void unknownOrSwitchedOff() {
        UUID coupon = academy.coupon("OFF", 5, 1);
        owner.run("update sales.coupons set active = false where id = ?", coupon);
        Refusal.by("TC410", () -> redeem(anOrder(), "OFF"));
        Refusal.by("TC410", () -> redeem(anOrder(), "NEVER-WAS"));
    }

    @Test
    void outsideOfItsWindow() {
        UUID over = academy.coupon("OVER", 5, 1);
        owner.run("update sales.coupons set valid_until = now() - interval '1 second' where id = ?", over);
        UUID early = academy.coupon("EARLY", 5, 1);
        owner.run("update sales.coupons set valid_from = now() + interval '10 minutes' where id = ?", early);
        Refusal.by("TC411", () -> redeem(anOrder(), "OVER"));
        Refusal.by("TC411", () -> redeem(anOrder(), "EARLY"));
    }

    @Test
    void firstPurchaseOnly() {
        UUID coupon = academy.coupon("WELCOME", 5, 5);
        owner.run("update sales.coupons set first_purchase_only = true where id = ?", coupon);
        UUID student = academy.student();
        academy.purchase(student, academy.course("10.00"));
        Refusal.by("TC414", () -> redeem(academy.emptyOrder(student), "WELCOME"));
        redeem(anOrder(), "WELCOME");
    }

    @Test
    void onlyOnOnesOwnOpenOrder() {
        academy.coupon("MINE", 5, 1);
        Order paid =
                academy.purchase(academy.student(), academy.course("10.00")).order();
        Refusal.by("TC415", () -> redeem(paid, "MINE"));
        Order others = anOrder();
        Refusal.by("TC415", () -> redeem(new Order(academy.student(), others.id()), "MINE"));
        Refusal.by("TC415", () -> {
            try (var app = com.techcourse.testing.Sql.connect(database.appUrl())) {
                app.run("select sales.redeem_coupon(?, 'MINE')", others.id());
            }
        });
    }

    @Test
    void noSlotBeyondTheLimit() {
        UUID coupon = academy.coupon("THREE", 3, 1);
        Order order = anOrder();
        String slot =
                "insert into sales.coupon_slots (coupon_id, slot_no, slot_limit, student_id, order_id) values (?, ?, ?, ?, ?)";
        Refusal.by(
                "23514",
                "coupon_slots_slot_no_within_limit_check",
                () -> asLoader(sql -> sql.run(slot, coupon, 4, 3, order.studentId(), order.id())));
        Refusal.by(
                "23503",
                "coupon_slots_coupon_id_slot_limit_fkey",
                () -> asLoader(sql -> sql.run(slot, coupon, 4, 4, order.studentId(), order.id())));
        Refusal.by(
                "23503",
                "coupon_redemptions_slot_fkey",
                () -> asLoader(sql -> sql.run(
                        "insert into sales.coupon_redemptions (student_id, coupon_id, use_no, use_limit, order_id) values (?, ?, 1, 1, ?)",
                        order.studentId(),
                        coupon,
                        order.id())));
    }

    @Test
    void noDiscountWithoutARedemption() {
        UUID coupon = academy.coupon("NOTASKED", 3, 1);
        UUID course = academy.course("10.00");
        Order order = anOrder();
        Refusal.by(
                "23503",
                "order_lines_redemption_fkey",
                () -> asLoader(sql ->
                        sql.run("""
                        insert into sales.order_lines (student_id, order_id, course_id, instructor_id, list_price, discount_amount, currency, instructor_share, coupon_id)
                        values (?, ?, ?, ?, 10, 1, 'EUR', 0.7, ?)
                        """, order.studentId(), order.id(), course, academy.instructorOf(course), coupon)));
    }

    @Test
    void theLimitIsNotLoweredBelowWhatIsTaken() {
        UUID coupon = academy.coupon("SHRINK", 3, 1);
        redeem(anOrder(), "SHRINK");
        redeem(anOrder(), "SHRINK");
        String change = "update sales.coupons set max_redemptions = ? where id = ?";
        Refusal.by("23514", "coupon_slots_slot_no_within_limit_check", () -> owner.run(change, 1, coupon));
        owner.run(change, 2, coupon);
        Refusal.by("TC412", "coupon_slots_slot_no_within_limit_check", () -> redeem(anOrder(), "SHRINK"));
        owner.run(change, 4, coupon);
        assertThat(redeem(anOrder(), "SHRINK")).isEqualTo(3);
    }

    @Test
    void aReleasedSlotIsGivenOutAgain() {
        UUID coupon = academy.coupon("BACK", 50, 1);
        Order third = anOrder();
        for (int i = 1; i <= 50; i++) {
            redeem(i == 3 ? third : anOrder(), "BACK");
        }
        Object released = as(
                third.studentId(), "student", sql -> sql.one("select sales.release_coupon(?, ?)", third.id(), coupon));
        assertThat(released).isEqualTo(true);
        assertThat(redeem(anOrder(), "BACK")).isEqualTo(3);
        Refusal.by("TC412", "coupon_slots_slot_no_within_limit_check", () -> redeem(anOrder(), "BACK"));
        assertThat(owner.number("select count(*) from sales.coupon_returned_slots where coupon_id = ?", coupon))
                .isZero();
    }

    @Test
    void aFreeSlotIsFoundWithoutReadingAll() {
        UUID coupon = academy.coupon("MANY", 20_100, 1);
        owner.run("""
                insert into sales.coupon_slots (coupon_id, slot_no, slot_limit, student_id, order_id)
                select ?, n, 20100, gen_random_uuid(), gen_random_uuid() from generate_series(1, 20000) n
                """, coupon);
        owner.run("vacuum analyze sales.coupon_slots");
        redeem(anOrder(), "MANY");
        owner.run("select pg_stat_force_next_flush()");
        long before = owner.number(
                "select idx_blks_hit + idx_blks_read from pg_statio_user_tables where relid = 'sales.coupon_slots'::regclass");
        long slot = ((Number) redeem(anOrder(), "MANY")).longValue();
        assertThat(slot).isEqualTo(20_002);
        long after = owner.number(
                "select idx_blks_hit + idx_blks_read from pg_statio_user_tables where relid = 'sales.coupon_slots'::regclass");
        assertThat(after - before).as("blocks read in the indexes").isLessThan(100);
    }
}
