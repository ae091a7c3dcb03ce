package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Eventually;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithCheckout;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Numbers without a gap, in the order of capture, whoever dies or races. */
class InvoiceTest extends WithCheckout {

    private static final String NUMBER = "select sales.number_invoices('-infinity', 1000, 'https://academy.example')";
    private static final String MINE =
            "select string_agg(number, ' ' order by number) from sales.invoices where student_id = ?";

    @AfterEach
    void nothingIsMissing() {
        assertThat(owner.run("select rule from sales.invoice_gaps()")).isEmpty();
    }

    private long number() {
        try (Sql app = Sql.connect(database.appUrl())) {
            return app.transaction(sql -> {
                sql.actAs(null, "visitor");
                return sql.number(NUMBER);
            });
        }
    }

    private long numbered(Payment payment) {
        return owner.number("select count(*) from sales.invoices where payment_id = ?", payment.id());
    }

    @Test
    void oneForAPaymentAndOneForARefundInTheOrderOfCapture() {
        number();
        Payment first = buy(academy.student(), "", academy.course("10.00"), academy.course("20.00"));
        UUID course = academy.course("7.00");
        Payment second = buy(academy.student(), "", course);
        place(academy.student(), "", academy.course("0.00"));
        academy.refund(second, course, "3.00");
        assertThat(number()).isEqualTo(3);
        assertThat(number()).isZero();
        assertThat(owner.run("""
                        select i.kind || ' ' || i.amount || coalesce(' ' || (i.corrects_id = before.id), '')
                          from sales.invoices i
                          left join sales.invoices before on before.serial_no = i.serial_no - 1 and before.year = i.year
                         where i.payment_id in (?, ?) order by i.serial_no
                        """, first.id(), second.id()))
                .isEqualTo(List.of("invoice 30.00", "invoice 7.00", "credit_note 3.00 true"));
        assertThat(owner.number(
                        "select count(*) from identity.mails where template = 'receipt' and user_id = ? and details ->> 'link' like 'https://academy.example/api/v1/invoices/TC-%'",
                        second.order().studentId()))
                .isOne();
    }

    @Test
    void aYearCountsForItselfByTheBusinessDay() {
        UUID student = academy.student();
        Payment payment = begin(place(student, "", academy.course("10.00")));
        owner.run(
                "select sales.capture_payment(?, ?, 'late', 10.00, 'EUR', 0, timestamptz '2025-01-01 12:00+00')",
                student,
                payment.id());
        number();
        assertThat(owner.one(MINE, student)).isEqualTo("TC-2025-000001");
    }

    @Test
    void nodesThatNumberAtOnceLeaveNoGap() {
        for (int i = 0; i < 30; i++) {
            buy(academy.student(), "", academy.course("10.00"));
        }
        Race.Result race = Race.of(
                100,
                database.appUrl(),
                (sql, number) -> sql.transaction(one -> {
                    one.actAs(null, "visitor");
                    return one.number("select sales.number_invoices(null, 3, null)");
                }));
        assertThat(race.winners()).as(race.toString()).isEqualTo(100);
        assertThat(
                        owner.number(
                                "select count(*) from sales.payments p where p.status = 'captured' and p.amount > 0 and not exists (select from sales.invoices i where i.source_id = p.id)"))
                .isZero();
    }

    @Test
    void salesGoOnWhileOneNumbers() {
        UUID course = academy.course("10.00");
        UUID student = academy.student();
        buy(academy.student(), "", course);
        owner.transaction(numbering -> {
            numbering.actAs(null, "visitor");
            numbering.run(NUMBER);
            return buy(student, "", course);
        });
        assertThat(number()).isOne();
    }

    @Test
    void aKilledNodeLeavesNoNumberBehind() {
        number();
        Payment payment = buy(academy.student(), "", academy.course("10.00"));
        try (Sql superuser = Sql.connect(database.superuserUrl());
                Sql holding = Sql.connect(database.ownerUrl())) {
            CompletableFuture<Void> killed = holding.transaction(lock -> {
                // the number is written, and its buyer is waited for
                lock.run("lock table sales.invoice_buyers in share mode");
                CompletableFuture<Void> numbering = CompletableFuture.runAsync(this::number);
                String waiting =
                        "select pid from pg_locks where not granted and relation = 'sales.invoice_buyers'::regclass";
                Eventually.isTrue("it numbers", () -> !superuser.run(waiting).isEmpty());
                superuser.run("select pg_terminate_backend((" + waiting + "))");
                return numbering;
            });
            assertThat(killed.handle((done, failure) -> failure != null).join()).isTrue();
        }
        assertThat(numbered(payment)).isZero();
        assertThat(number()).isOne();
    }

    @Test
    void neverChangedAndWithoutAGapByConstraint() {
        Payment payment = buy(academy.student(), "", academy.course("10.00"));
        number();
        UUID buyer = payment.order().studentId();
        Refusal.by("TC401", () -> owner.run("update sales.invoices set amount = 1 where student_id = ?", buyer));
        Refusal.by("TC401", () -> owner.run("delete from sales.invoices where student_id = ?", buyer));
        Refusal.by("TC401", () -> owner.run("truncate sales.invoices cascade"));
        Refusal.by("TC401", () -> owner.run("update sales.invoice_buyers set name = 'Me' where student_id = ?", buyer));
        Refusal.by("TC401", () -> owner.run("delete from sales.invoice_buyers where student_id = ?", buyer));
        Refusal.by("TC401", () -> owner.run("truncate sales.invoice_buyers"));
        Refusal.by("42501", () -> asLoader(sql -> sql.run("update sales.invoices set amount = 1")));
        String copy = """
                insert into sales.invoices (id, seller, year, serial_no, kind, student_id, order_id, payment_id, source_id, corrects_id,
                  happened_at, business_day, amount, currency, document)
                select gen_random_uuid(), seller, year, %s, %s, student_id, order_id, payment_id, %s, corrects_id, happened_at, business_day,
                       amount, currency, document from sales.invoices where student_id = ?
                """;
        Refusal.by(
                "23503",
                "invoices_previous_no_fkey",
                () -> owner.run(copy.formatted("serial_no + 1000", "kind", "gen_random_uuid()"), buyer));
        Refusal.by(
                "23505",
                "invoices_seller_year_serial_no_key",
                () -> owner.run(copy.formatted("serial_no", "kind", "gen_random_uuid()"), buyer));
        Refusal.by(
                "23505",
                "invoices_kind_source_id_key",
                () -> owner.run(copy.formatted("serial_no + 1", "kind", "source_id"), buyer));
        Refusal.by(
                "23514",
                "invoices_credit_note_corrects_one_check",
                () -> owner.run(copy.formatted("serial_no + 1", "'credit_note'", "gen_random_uuid()"), buyer));
    }

    @Test
    void theBooksStayAndThePersonGoes() {
        UUID student = academy.student();
        buy(student, """
                "country": "DE", "billing": {"name": "Ada & Co", "address": "1 Main St", "tax_id": "DE1"}
                """, academy.course("10.00"));
        number();
        String buyer =
                "select concat_ws('|', name, address, tax_number, country) from sales.invoice_buyers where student_id = ?";
        assertThat(owner.one(buyer, student)).isEqualTo("Ada & Co|1 Main St|DE1|DE");
        UUID late = student;
        Payment unnumbered = buy(student, "", academy.course("5.00"));
        as(student, "student", sql -> sql.one("select identity.erase_user(?)", late));
        number();
        assertThat(owner.run(buyer, student)).containsOnly("").hasSize(2);
        assertThat(numbered(unnumbered)).isOne();
    }
}
