package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Eventually;
import com.techcourse.testing.Race;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithCheckout;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fifty sales, numbering on many connections, and erasures, all at once: no sale waits, no number is missing. */
class InvoiceRaceTest extends WithCheckout {

    private static final int SALES = 50;
    private static final String BUYER =
            "\"country\": \"DE\", \"billing\": {\"name\": \"Ada Erased\", \"address\": \"1 Gone St\"}";

    private UUID course;

    @BeforeAll
    void course() {
        course = academy.course("10.00");
    }

    @AfterEach
    void everythingHasItsNumber() {
        numbered(1000);
        assertThat(owner.run("select rule from sales.invoice_gaps()")).isEmpty();
        assertThat(owner.run("select serial_no from sales.invoices order by serial_no"))
                .isEqualTo(IntStream.rangeClosed(1, (int) owner.number("select count(*) from sales.invoices"))
                        .boxed()
                        .toList());
        assertThat(
                        owner.number(
                                "select count(*) from sales.payments p where p.status = 'captured' and not exists (select from sales.invoices i where i.source_id = p.id)"))
                .isZero();
    }

    private long numbered(int most) {
        try (Sql app = Sql.connect(database.appUrl())) {
            return numbered(app, most);
        }
    }

    private static long numbered(Sql app, int most) {
        return app.transaction(sql -> {
            sql.actAs(null, "visitor");
            return sql.number("select sales.number_invoices(null, ?, 'https://academy.example')", most);
        });
    }

    private List<Payment> begun() {
        return IntStream.range(0, SALES)
                .mapToObj(n -> begin(place(academy.student(), BUYER, course)))
                .toList();
    }

    private static void capture(Sql app, Payment payment) {
        Object outcome = app.transaction(sql -> captured(sql, payment, "10.00"));
        assertThat(outcome).isEqualTo("captured");
    }

    /** Whoever numbers holds its turn and the whole series, and still every sale commits. */
    @Test
    void salesDoNotWaitForTheSeries() {
        List<Payment> payments = begun();
        Race.Result race = owner.transaction(holding -> {
            holding.run("select pg_advisory_xact_lock(hashtext('sales.number_invoices'), 0)");
            holding.run("lock table sales.invoices, sales.invoice_buyers in access exclusive mode");
            return Race.of(SALES, database.appUrl(), (sql, number) -> {
                sql.run("set lock_timeout = '20s'");
                capture(sql, payments.get(number));
            });
        });
        assertThat(race.refusals()).isEmpty();
        assertThat(numbered(1000)).isEqualTo(SALES);
    }

    @Test
    void numbersAreGivenWhileFiftyAreSold() {
        List<Payment> payments = begun();
        Race.Result race = Race.of(SALES + 8, database.appUrl(), (sql, number) -> {
            if (number < SALES) {
                capture(sql, payments.get(number));
            } else {
                IntStream.range(0, 10).forEach(turn -> numbered(sql, 3));
            }
        });
        assertThat(race.refusals()).isEmpty();
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            assertThat(
                            superuser.run(
                                    "select details ->> 'link' from identity.mails where template = 'receipt' group by 1 having count(*) > 1"))
                    .isEmpty();
        }
    }

    private static boolean erased(Sql sql, UUID person) {
        sql.actAs(person, "student");
        return (Boolean) sql.one("select identity.erase_user(?)", person);
    }

    private void nothingIsSaidOf(List<UUID> persons) {
        UUID[] gone = persons.toArray(UUID[]::new);
        numbered(1000);
        assertThat(owner.number("select count(*) from sales.invoice_buyers where student_id = any (?)", (Object) gone))
                .isEqualTo(persons.size());
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            for (String table : List.of("sales.invoice_buyers", "sales.invoices", "sales.orders", "identity.mails")) {
                assertThat(superuser.number(
                                "select count(*) from " + table
                                        + " t where to_jsonb(t)::text like any (array['%Ada Erased%', '%Gone St%']) and to_jsonb(t)::text like any (select '%' || id || '%' from unnest(?) id)",
                                (Object) gone))
                        .as(table)
                        .isZero();
            }
            assertThat(superuser.number(
                            "select count(*) from sales.invoice_buyers where student_id = any (?) and num_nonnulls(name, address, tax_number, country) > 0",
                            (Object) gone))
                    .isZero();
        }
    }

    @Test
    void buyersGoWhileTheyAreNumbered() {
        List<UUID> buyers = begun().stream()
                .map(payment -> {
                    assertThat(capture(payment, "10.00")).isEqualTo("captured");
                    return payment.order().studentId();
                })
                .toList();
        Race.Result race = Race.of(SALES + 8, database.appUrl(), (sql, number) -> {
            if (number < SALES) {
                boolean done = sql.transaction(one -> erased(one, buyers.get(number)));
                assertThat(done).isTrue();
            } else {
                IntStream.range(0, 10).forEach(turn -> numbered(sql, 2));
            }
        });
        assertThat(race.refusals()).isEmpty();
        nothingIsSaidOf(buyers);
    }

    private UUID buyer() {
        Order order = place(academy.student(), BUYER, course);
        assertThat(capture(begin(order), "10.00")).isEqualTo("captured");
        return order.studentId();
    }

    private void isWaitedFor() {
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            Eventually.isTrue("one waits for the other", () -> superuser.number("""
                            select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
                            """) > 0);
        }
    }

    @Test
    void anErasureUnderWayIsWaitedForAndSeen() {
        UUID buyer = buyer();
        try (Sql app = Sql.connect(database.appUrl())) {
            CompletableFuture<Long> numbering = app.transaction(sql -> {
                assertThat(erased(sql, buyer)).isTrue();
                CompletableFuture<Long> begun = CompletableFuture.supplyAsync(() -> numbered(1000));
                isWaitedFor();
                return begun;
            });
            assertThat(numbering.join()).isOne();
        }
        nothingIsSaidOf(List.of(buyer));
    }

    @Test
    void anErasureWaitsForTheNumberUnderWayAndEmptiesIt() {
        UUID buyer = buyer();
        try (Sql app = Sql.connect(database.appUrl());
                Sql eraser = Sql.connect(database.appUrl())) {
            CompletableFuture<Boolean> erasure = app.transaction(sql -> {
                sql.actAs(null, "visitor");
                assertThat(sql.number("select sales.number_invoices(null, 1000, 'https://academy.example')"))
                        .isOne();
                CompletableFuture<Boolean> begun =
                        CompletableFuture.supplyAsync(() -> eraser.transaction(other -> erased(other, buyer)));
                isWaitedFor();
                return begun;
            });
            assertThat(erasure.join()).isTrue();
        }
        nothingIsSaidOf(List.of(buyer));
    }
}
