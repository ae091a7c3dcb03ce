package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;

/** An academy in which sales, refunds and payouts happened on days long past: months that are over. */
abstract class WithPayouts extends WithAcademy {

    static final String APPROVE = "select sales.approve_payout(?)";
    static final String PAY = "select sales.pay_payout(?, 'transfer 1')";
    static final String CANCEL = "select sales.cancel_payout(?)";

    /** Who runs the month, and who approves. */
    protected UUID runner;

    protected UUID approver;

    private LocalDate month = LocalDate.of(2020, 1, 1);

    @BeforeAll
    void staff() {
        runner = academy.user("accountant");
        approver = academy.user("accountant");
    }

    /** A new student buys the course at its price. */
    protected Payment sold(UUID course, LocalDate day) {
        return paid(academy.order(academy.student(), course), day);
    }

    protected Payment paid(Order order, LocalDate day) {
        return new Payment(order, owner.uuid("""
                with payment as (
                  insert into sales.payments (student_id, order_id, amount, currency, status, gateway, reference, captured_at)
                  select o.student_id, o.id, o.total_amount, o.currency, 'captured', 'demo', o.id::text, ?::timestamptz
                    from sales.orders o where o.student_id = ? and o.id = ? returning *
                ), reference as (
                  insert into sales.payment_references (gateway, reference, student_id, payment_id)
                  select p.gateway, p.reference, p.student_id, p.id from payment p
                )
                select p.id from payment p
                """, day + " 12:00+00", order.studentId(), order.id()));
    }

    protected void refunded(Payment payment, UUID course, String amount, LocalDate day) {
        refunded(owner, payment, course, amount, day);
    }

    protected static void refunded(Sql sql, Payment payment, UUID course, String amount, LocalDate day) {
        sql.run(
                """
                insert into sales.refunds (student_id, payment_id, order_id, course_id, amount, currency, kind, refunded_at)
                values (?, ?, ?, ?, ?::numeric, 'EUR', 'staff', ?::timestamptz)
                """,
                payment.order().studentId(),
                payment.id(),
                payment.order().id(),
                course,
                amount,
                day + " 12:00+00");
    }

    /** Everything that is due. */
    protected void released() {
        asLoader(sql -> sql.run("select sales.release_earnings(most => 1000000)"));
    }

    protected long run(LocalDate month) {
        return as(runner, "accountant", sql -> sql.number("select sales.run_payouts(?::date)", month));
    }

    protected void approve(UUID payout) {
        by(approver, APPROVE, payout);
    }

    protected Object by(UUID person, String statement, UUID payout) {
        return as(person, "accountant", sql -> sql.one(statement, payout));
    }

    protected UUID payoutOf(UUID instructor) {
        return owner.uuid("select id from sales.payouts where instructor_id = ?", instructor);
    }

    protected String statusOf(UUID payout) {
        return (String) owner.one("select status from sales.payouts where id = ?", payout);
    }

    protected List<@Nullable Object> rows(
            @Nullable UUID person, String role, String statement, @Nullable Object... values) {
        return as(person, role, sql -> sql.run(statement, values));
    }

    /** First day of a month that no test has used; later than all before, because a month that was paid out is closed. */
    protected LocalDate nextMonth() {
        month = month.plusMonths(1);
        return month;
    }

    /** What the books say on an instructor's account in EUR. */
    protected BigDecimal balance(String kind, UUID instructor) {
        return (BigDecimal) owner.one("""
                select coalesce(sum(case when e.credit_account_id = a.id then e.amount else -e.amount end), 0)::numeric(14, 2)
                  from sales.ledger_accounts a join sales.ledger_entries e on a.id in (e.credit_account_id, e.debit_account_id)
                 where a.kind = ? and a.instructor_id = ?
                """, kind, instructor);
    }

    protected void theBooksAgree() {
        assertThat(rows(null, "accountant", "select rule from reporting.books_differences()"))
                .isEmpty();
    }
}
