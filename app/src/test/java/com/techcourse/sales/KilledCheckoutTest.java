package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Eventually;
import com.techcourse.testing.Shop;
import com.techcourse.testing.Sql;
import com.techcourse.testing.TechCourseProcess;
import com.techcourse.testing.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real academy, ended by {@code kill -9} at each step of the checkout in turn. A step is stopped by a lock that the
 * test holds; the process dies while it waits for it. Then the academy is started again and the buyer does the same
 * once more: one order, one charge, one enrolment, and books that agree.
 */
@Tag("process")
class KilledCheckoutTest {

    @SuppressWarnings("NullAway.Init")
    private TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private TechCourseProcess academy;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    /** Locks that stop the step. */
    @FunctionalInterface
    private interface Hold {
        void by(Sql sql);
    }

    @Test
    void aCheckoutSurvivesAKillAtEachOfItsSteps() throws Exception {
        try (TestDatabase made = TestDatabase.create();
                Sql books = Sql.connect(made.ownerUrl());
                Sql first = Sql.connect(made.ownerUrl());
                Sql second = Sql.connect(made.ownerUrl())) {
            database = made;
            database.owner().execute("select platform.ensure_partitions()");
            Shop.open(database.owner(), 7);
            shop = new Shop(books);
            academy = shop.up(database);
            placing(first);
            placed();
            beginning(first);
            asking(first);
            charged(first, second);
            captured(first, second);
            givingBack(first);
            assertThat(shop.differences()).isEmpty();
            assertThat(shop.chargesOfTheBank()).isEqualTo(shop.paidByStudents());
        } finally {
            academy.close();
        }
    }

    /** Before the order is committed. */
    private void placing(Sql sql) throws Exception {
        UUID student = Shop.student(1);
        killed(
                sql,
                one -> one.run(
                        "select pg_advisory_xact_lock(hashtext('sales.redeem_coupon'), hashtext(?::text))", student),
                () -> shop.order(1));
        assertThat(shop.orders(1)).isZero();
        finishes(1);
    }

    /** The order is there, its answer is lost. */
    private void placed() throws Exception {
        String order = shop.order(2);
        kill();
        academy = shop.up(database);
        assertThat(shop.order(2)).isEqualTo(order);
        finishes(2);
    }

    /** Before the payment is begun. */
    private void beginning(Sql sql) throws Exception {
        String order = shop.order(3);
        killed(
                sql,
                one -> one.run("select 1 from sales.orders where id = ?::uuid for update", order),
                () -> shop.pay(3, order));
        assertThat(shop.charges(3)).isZero();
        finishes(3);
    }

    /** The payment is begun, and the gateway is being asked. */
    private void asking(Sql sql) throws Exception {
        String order = shop.order(4);
        killed(
                sql,
                one -> one.run("lock table sales.demo_charges in share row exclusive mode"),
                () -> shop.pay(4, order));
        assertThat(shop.charges(4)).isZero();
        finishes(4);
    }

    /** The gateway has taken the money, and nobody has noted it. */
    private void charged(Sql gate, Sql sql) throws Exception {
        String order = shop.order(5);
        killedBehind(
                gate,
                sql,
                one -> one.run("select 1 from sales.orders where id = ?::uuid for update", order),
                () -> shop.pay(5, order));
        assertThat(shop.charges(5)).isOne();
        assertThat(shop.enrolments(5)).isZero();
        finishes(5);
    }

    /** Everything is written and nothing committed: what is noted and its answer are one fact. */
    private void captured(Sql gate, Sql sql) throws Exception {
        String order = shop.order(6);
        killedBehind(
                gate,
                sql,
                one -> one.run(
                        "select 1 from sales.answered_requests where student_id = ? and key = 'payment-6' for update",
                        Shop.student(6)),
                () -> shop.pay(6, order));
        assertThat(shop.charges(6)).isOne();
        assertThat(shop.enrolments(6)).isZero();
        finishes(6);
    }

    /** The payment is noted, its answer is lost; then a refund while it is booked. */
    private void givingBack(Sql sql) throws Exception {
        String order = shop.order(7);
        assertThat(shop.pay(7, order)).isEqualTo("captured");
        kill();
        academy = shop.up(database);
        assertThat(shop.enrolments(7)).isEqualTo(3);
        finishes(7);
        killed(
                sql,
                one -> one.run("select 1 from sales.payments where order_id = ?::uuid for update", order),
                () -> shop.refund(7, order));
        assertThat(shop.enrolments(7)).isEqualTo(3);
        assertThat(shop.refund(7, order)).isEqualTo(shop.refund(7, order));
        assertThat(shop.enrolments(7)).isZero();
        Eventually.isTrue("the gateway has given it back", () -> shop.givenBack(7));
    }

    /** The buyer does the same once more, and once again. */
    private void finishes(int student) throws Exception {
        String order = shop.order(student);
        assertThat(shop.pay(student, order)).isEqualTo("captured");
        assertThat(shop.pay(student, order)).isEqualTo("captured");
        assertThat(shop.orders(student)).isOne();
        assertThat(shop.charges(student)).isOne();
        assertThat(shop.enrolments(student)).isEqualTo(3);
    }

    private void killed(Sql sql, Hold hold, Shop.Step step) throws Exception {
        sql.transaction(one -> {
            one.run("set local role techcourse_loader");
            hold.by(one);
            Thread buyer = shop.start(step);
            Eventually.isTrue("the step waits for the lock", () -> shop.isWaiting(one));
            kill();
            return buyer;
        });
        academy = shop.up(database);
    }

    /** The lock is taken once the payment is begun, when the gateway is held at its gate. */
    private void killedBehind(Sql gate, Sql sql, Hold hold, Shop.Step step) throws Exception {
        sql.transaction(behind -> {
            behind.run("set local role techcourse_loader");
            gate.transaction(one -> {
                one.run("set local role techcourse_loader");
                one.run("lock table sales.demo_charges in share row exclusive mode");
                Thread buyer = shop.start(step);
                Eventually.isTrue("the gateway is at its gate", () -> shop.isWaiting(one));
                hold.by(behind);
                return buyer;
            });
            Eventually.isTrue("the step waits for the lock", () -> shop.isWaiting(behind));
            kill();
            return academy;
        });
        academy = shop.up(database);
    }

    private void kill() {
        try {
            academy.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
