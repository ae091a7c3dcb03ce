package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many checkouts at once. */
class CouponRaceTest extends WithAcademy {

    private static final int RUNNERS = 60;
    private static final Refusal USED_UP = new Refusal("TC412", "coupon_slots_slot_no_within_limit_check");

    private List<Order> orders(int count) {
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            orders.add(academy.emptyOrder(academy.student()));
        }
        return orders;
    }

    private static Object redeem(Sql sql, Order order, String code) {
        sql.actAs(order.studentId(), "student");
        return sql.one("select slot_no from sales.redeem_coupon(?, ?)", order.id(), code);
    }

    private Race.Result race(List<Order> orders, String code) {
        return Race.of(
                orders.size(),
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> redeem(app, orders.get(number), code)));
    }

    private void taken(UUID coupon, int count) {
        assertThat(owner.run("select slot_no from sales.coupon_slots where coupon_id = ? order by 1", coupon))
                .as("slots 1 to %s, without a gap", count)
                .hasSize(count)
                .startsWith(1)
                .endsWith(count);
        assertThat(owner.number("select count(*) from sales.coupon_redemptions where coupon_id = ?", coupon))
                .isEqualTo(count);
    }

    @Test
    void neverPastTheLimit() {
        UUID coupon = academy.coupon("RUSH", 40, 1);
        Race.Result race = race(orders(RUNNERS), "RUSH");
        assertThat(race.winners()).as(race.toString()).isEqualTo(40);
        assertThat(race.refusals()).hasSize(20).containsOnly(USED_UP);
        taken(coupon, 40);
    }

    @Test
    void oneSlotManyStudents() {
        UUID coupon = academy.coupon("ONLYONE", 1, 1);
        Race.Result race = race(orders(RUNNERS), "ONLYONE");
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(USED_UP);
        taken(coupon, 1);
    }

    /** Every second checkout fails after it has its slot: what it gives up must reach those who wait. */
    @Test
    void aSlotThatComesFreeIsNotLost() {
        UUID coupon = academy.coupon("SHAKY", 30, 1);
        List<Order> orders = orders(RUNNERS);
        Race.Result race = Race.of(RUNNERS, database.appUrl(), (sql, number) -> {
            if (number % 2 == 0) {
                sql.transaction(app -> redeem(app, orders.get(number), "SHAKY"));
            } else {
                sql.andBack(app -> {
                    redeem(app, orders.get(number), "SHAKY");
                    return app.run("select pg_sleep(0.05)");
                });
            }
        });
        assertThat(race.refusals()).isSubsetOf(USED_UP);
        race(orders(30), "SHAKY");
        taken(coupon, 30);
    }

    @Test
    void neverPastTheStudentsLimit() {
        UUID coupon = academy.coupon("GREEDY", 1000, 3);
        UUID student = academy.student();
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < RUNNERS; i++) {
            orders.add(academy.emptyOrder(student));
        }
        Race.Result race = race(orders, "GREEDY");
        assertThat(race.winners()).as(race.toString()).isEqualTo(3);
        assertThat(race.refusals()).containsOnly(new Refusal("TC413", "coupon_redemptions_use_no_within_limit_check"));
        taken(coupon, 3);
    }

    @Test
    void oneFirstPurchase() {
        UUID student = academy.student();
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            UUID coupon = academy.coupon("FIRST-" + i, 10, 1);
            owner.run("update sales.coupons set first_purchase_only = true where id = ?", coupon);
            orders.add(academy.emptyOrder(student));
        }
        Race.Result race = Race.of(
                50,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> redeem(app, orders.get(number), "FIRST-" + number)));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(new Refusal("TC414", null));
    }

    /** Nobody queues: while one checkout has its slot and dawdles, others come and go. */
    @Test
    void noQueueBehindASlowCheckout() throws Exception {
        academy.coupon("SLOW", 1000, 1);
        List<Order> orders = orders(20);
        Order slow = orders.removeLast();
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> dawdler = threads.submit(() -> {
                try (Sql sql = Sql.connect(database.appUrl())) {
                    sql.transaction(app -> {
                        redeem(app, slow, "SLOW");
                        taken.countDown();
                        return await(done);
                    });
                }
            });
            taken.await();
            long start = System.nanoTime();
            Race.Result race = race(orders, "SLOW");
            assertThat(race.winners()).as(race.toString()).isEqualTo(19);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(dawdler.isDone()).isFalse();
            done.countDown();
            dawdler.get();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
