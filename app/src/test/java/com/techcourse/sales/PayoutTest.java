package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Money to instructors: what is owed, once, and seen by two pairs of eyes. Each test has its own month. */
class PayoutTest extends WithPayouts {

    /** An instructor with 70.00 payable in a month, planned. */
    private UUID planned(LocalDate month) {
        UUID course = academy.course("100.00");
        sold(course, month.minusDays(25));
        run(month);
        return payoutOf(academy.instructorOf(course));
    }

    @Test
    void fromThePlanToTheBooks() {
        LocalDate month = nextMonth();
        UUID payout = planned(month);
        UUID instructor = owner.uuid("select instructor_id from sales.payouts where id = ?", payout);
        assertThat(run(month.plusDays(20))).isZero();
        approve(payout);
        assertThat(by(runner, PAY, payout)).isEqualTo(true);
        assertThat(statusOf(payout)).isEqualTo("paid");
        assertThat(balance("instructor_payable", instructor)).isEqualByComparingTo("0");
        assertThat(owner.run("""
                        select d.kind || ' -> ' || c.kind || ' ' || e.amount from sales.ledger_entries e
                          join sales.ledger_accounts d on d.id = e.debit_account_id join sales.ledger_accounts c on c.id = e.credit_account_id
                         where e.payout_id = ? and e.transaction_id = e.payout_id
                        """, payout)).containsExactly("instructor_payable -> bank 70.00");
        assertThat(owner.run(
                        "select action || ' ' || coalesce(new_values ->> 'status', '') || ' ' || changed_by from audit.change_log"
                                + " where relation = 'sales.payouts' and row_key ->> 'id' = ? order by changed_at",
                        payout.toString()))
                .containsExactly("insert planned " + runner, "update approved " + approver, "update paid " + runner);
        theBooksAgree();
    }

    @Test
    void aMonthThatIsNotOverIsNotRun() {
        Refusal.by(
                "TC450",
                () -> as(
                        runner,
                        "accountant",
                        sql -> sql.run("select sales.run_payouts(platform.business_day(now()))")));
    }

    @Test
    void onlyAKnownAccountantActs() {
        String run = "select sales.run_payouts('2024-02-01')";
        UUID instructor = academy.instructor();
        Refusal.by("TC459", () -> as(null, "accountant", sql -> sql.run(run)));
        Refusal.by("TC459", () -> as(instructor, "instructor", sql -> sql.run(run)));
        Refusal.by("TC459", () -> as(instructor, "accountant", sql -> sql.run(run)));
        Refusal.by("TC459", () -> as(null, "visitor", sql -> sql.run(run)));
        // at psql everybody can say to be somebody
        try (Sql psql = Sql.connect(database.personaUrl("accountant"))) {
            psql.run("set default_transaction_read_only = off");
            psql.run("set app.user_id = '" + runner + "'");
            psql.run("set app.role = 'accountant'");
            Refusal.by("TC459", () -> psql.run(run));
        }
    }

    @Test
    void nobodyApprovesTheOwnPayout() {
        UUID payout = planned(nextMonth());
        UUID instructor = owner.uuid("select instructor_id from sales.payouts where id = ?", payout);
        owner.run("insert into identity.user_roles (user_id, role) values (?, 'accountant')", instructor);
        Refusal.by("23514", "payouts_approved_by_another_check", () -> by(instructor, APPROVE, payout));
    }

    @Test
    void whoPlannedItDoesNotApproveIt() {
        UUID payout = planned(nextMonth());
        Refusal.by("23514", "payouts_approved_by_another_than_planned_check", () -> by(runner, APPROVE, payout));
        approve(payout);
    }

    @Test
    void nobodyPaysOneself() {
        UUID payout = planned(nextMonth());
        UUID instructor = owner.uuid("select instructor_id from sales.payouts where id = ?", payout);
        owner.run("insert into identity.user_roles (user_id, role) values (?, 'accountant')", instructor);
        approve(payout);
        Refusal.by("23514", "payouts_paid_by_another_check", () -> by(instructor, PAY, payout));
    }

    @Test
    void nothingIsApprovedByNobody() {
        UUID payout = planned(nextMonth());
        Refusal.by(
                "23514",
                "payouts_approved_has_an_approver_check",
                () -> owner.run("update sales.payouts set status = 'approved' where id = ?", payout));
    }

    @Test
    void nothingGoesBackwards() {
        LocalDate month = nextMonth();
        UUID payout = planned(month);
        Refusal.by("TC452", () -> by(runner, PAY, payout));
        approve(payout);
        Refusal.by("TC452", () -> approve(payout));
        by(runner, CANCEL, payout);
        Refusal.by("TC452", () -> approve(payout));
        Refusal.by("TC452", () -> by(runner, PAY, payout));
        Refusal.by("TC452", () -> by(runner, CANCEL, payout));
        assertThat(by(runner, CANCEL, UUID.randomUUID())).isEqualTo(false);
        // a cancelled one is not planned again; its amount is in the next month's run
        assertThat(run(month)).isZero();
        UUID instructor = owner.uuid("select instructor_id from sales.payouts where id = ?", payout);
        assertThat(run(nextMonth())).isOne();
        assertThat(owner.run(
                        "select amount from sales.payouts where instructor_id = ? and status = 'planned'", instructor))
                .containsExactly(new BigDecimal("70.00"));
    }

    @Test
    void whatWasPlannedStands() {
        UUID payout = planned(nextMonth());
        for (String change :
                new String[] {"amount = 71", "currency = 'USD'", "period_start = period_start - 1", "created_by = null"
                }) {
            Refusal.by("TC452", () -> owner.run("update sales.payouts set " + change + " where id = ?", payout));
        }
        Refusal.by("TC452", () -> owner.run("""
                insert into sales.payouts (instructor_id, period_start, period_end, amount, currency, status, approved_by)
                select instructor_id, period_start - 400, period_end - 400, 1, 'EUR', 'approved', ? from sales.payouts where id = ?
                """, approver, payout));
    }

    @Test
    void aRefundInBetweenIsNoticed() {
        UUID course = academy.course("100.00");
        LocalDate month = nextMonth();
        Payment first = sold(course, month.minusDays(25));
        Payment second = sold(course, month.minusDays(24));
        run(month);
        UUID payout = payoutOf(academy.instructorOf(course));
        refunded(first, course, "1.00", month.plusDays(32));
        Refusal.by("TC451", () -> approve(payout));
        assertThat(statusOf(payout)).isEqualTo("planned");
        by(runner, CANCEL, payout);
        run(nextMonth());
        UUID next = owner.uuid(
                "select id from sales.payouts where instructor_id = ? and status = 'planned' and amount = 139.30",
                academy.instructorOf(course));
        approve(next);
        refunded(second, course, "1.00", month.plusDays(64));
        Refusal.by("TC451", () -> by(runner, PAY, next));
        assertThat(statusOf(next)).isEqualTo("approved");
        theBooksAgree();
    }

    @Test
    void theBooksHoldPaidPayoutsAlone() {
        UUID payout = planned(nextMonth());
        Refusal.by("TC453", () -> postedByHand(payout));
    }

    @Test
    void aPayoutIsPostedOnce() {
        UUID payout = planned(nextMonth());
        approve(payout);
        by(approver, PAY, payout);
        Refusal.by("23505", "ledger_entries_payout_once_key", () -> postedByHand(payout));
    }

    private void postedByHand(UUID payout) {
        asLoader(sql -> sql.run("""
                insert into sales.ledger_entries (transaction_id, business_day, kind, debit_account_id, credit_account_id, amount, currency, payout_id)
                select p.id, current_date, 'payout', sales.ledger_account('instructor_payable', p.instructor_id, 'EUR'),
                       sales.ledger_account('bank', null, 'EUR'), p.amount, 'EUR', p.id from sales.payouts p where p.id = ?
                """, payout));
    }

    @Test
    void thePreviewIsWhatTheRunPlans() {
        UUID course = academy.course("100.00");
        UUID cheap = academy.course("14.00");
        UUID returned = academy.course("50.00");
        LocalDate month = nextMonth();
        sold(course, month.minusDays(25));
        sold(cheap, month.minusDays(25));
        Payment back = sold(returned, month.minusDays(29));
        asLoader(sql -> sql.run("select sales.release_earnings(?::date)", month.plusDays(2)));
        refunded(back, returned, "50.00", month.plusDays(20));
        assertThat(preview(month, course)).containsExactly("to_pay 70.00 70.00");
        assertThat(preview(month, cheap)).containsExactly("below_minimum 9.80 0.00");
        assertThat(preview(month, returned)).isEmpty();
        run(month);
        assertThat(owner.run(
                        "select amount::text from sales.payouts where instructor_id = ?", academy.instructorOf(course)))
                .containsExactly("70.00");
        assertThat(owner.run("select from sales.payouts where instructor_id = ?", academy.instructorOf(cheap)))
                .isEmpty();
        assertThat(preview(month, course)).containsExactly("planned 0.00 0.00");
    }

    @Test
    void whatIsOwedByAnInstructorIsCarriedOver() {
        UUID course = academy.course("50.00");
        LocalDate month = nextMonth();
        Payment back = sold(course, month.minusDays(25));
        run(month);
        UUID payout = payoutOf(academy.instructorOf(course));
        approve(payout);
        by(approver, PAY, payout);
        refunded(back, course, "50.00", month.plusDays(33));
        LocalDate next = nextMonth();
        assertThat(preview(next, course)).containsExactly("carried_over -35.00 0.00");
        sold(course, next.plusDays(5));
        sold(course, next.plusDays(5));
        run(next);
        LocalDate third = nextMonth();
        assertThat(preview(third, course)).containsExactly("to_pay 35.00 35.00");
        run(third);
        assertThat(owner.run(
                        "select amount::text from sales.payouts where instructor_id = ? order by period_start",
                        academy.instructorOf(course)))
                .containsExactly("35.00", "35.00");
        theBooksAgree();
    }

    /** One transaction: a run that is broken off has released and planned nothing, and the next one does it all. */
    @Test
    void aRunThatIsBrokenOffHasDoneNothing() {
        UUID course = academy.course("100.00");
        LocalDate month = nextMonth();
        sold(course, month.minusDays(25));
        try (Sql app = Sql.connect(database.appUrl())) {
            app.andBack(sql -> {
                sql.actAs(runner, "accountant");
                return sql.run("select sales.run_payouts(?::date)", month);
            });
        }
        assertThat(balance("instructor_payable", academy.instructorOf(course))).isEqualByComparingTo("0");
        assertThat(owner.run("select from sales.payouts where instructor_id = ?", academy.instructorOf(course)))
                .isEmpty();
        run(month);
        assertThat(statusOf(payoutOf(academy.instructorOf(course)))).isEqualTo("planned");
    }

    @Test
    void thePreviewIsForAccountantsAlone() {
        UUID course = academy.course("100.00");
        LocalDate month = nextMonth();
        sold(course, month.minusDays(25));
        String preview = "select outcome from sales.preview_payouts(?::date)";
        assertThat(rows(academy.student(), "student", preview, month)).isEmpty();
        assertThat(rows(academy.instructorOf(course), "instructor", preview, month))
                .isEmpty();
        assertThat(rows(academy.admin(), "admin", preview, month)).isNotEmpty();
    }

    private List<Object> preview(LocalDate month, UUID course) {
        return List.copyOf(rows(
                runner,
                "accountant",
                "select outcome || ' ' || payable_amount || ' ' || payout_amount from sales.preview_payouts(?::date) where instructor_id = ?",
                month,
                academy.instructorOf(course)));
    }
}
