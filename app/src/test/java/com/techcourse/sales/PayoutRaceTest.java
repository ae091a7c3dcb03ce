package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Payouts asked for by many in the same moment. */
class PayoutRaceTest extends WithPayouts {

    @Test
    void manyRunsPlanOnce() {
        LocalDate month = nextMonth();
        List<UUID> courses = new ArrayList<>();
        for (int instructor = 0; instructor < 5; instructor++) {
            courses.add(academy.course("100.00"));
            sold(courses.get(instructor), month.minusDays(25));
        }
        Race.Result race = Race.of(
                100,
                database.appUrl(),
                (sql, number) -> sql.transaction(work -> {
                    work.actAs(runner, "accountant");
                    return work.run("select sales.run_payouts(?::date)", month);
                }));
        assertThat(race.refusals()).isEmpty();
        // of these instructors only: a run also plans what a cancelled payout of another test left behind
        courses.forEach(course -> assertThat(owner.run(
                        "select amount::text from sales.payouts where period_start = ? and instructor_id = ?",
                        month,
                        academy.instructorOf(course)))
                .containsExactly("70.00"));
        theBooksAgree();
    }

    @Test
    void paidOnce() {
        UUID course = academy.course("100.00");
        LocalDate month = nextMonth();
        sold(course, month.minusDays(25));
        run(month);
        UUID payout = payoutOf(academy.instructorOf(course));
        approve(payout);
        Race.Result race = Race.of(
                100,
                database.appUrl(),
                (sql, number) -> sql.transaction(work -> {
                    work.actAs(number % 2 == 0 ? runner : approver, "accountant");
                    return work.run(number % 10 == 9 ? CANCEL : PAY, payout);
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).extracting(Refusal::sqlState).containsOnly("TC452");
        assertThat(owner.number("select count(*) from sales.ledger_entries where payout_id = ?", payout))
                .isEqualTo(statusOf(payout).equals("paid") ? 1 : 0);
        theBooksAgree();
    }

    /** Of a payment and a refund at once: either the payment sees the refund and is refused, or the refund comes after it. */
    @Test
    void paidOrRefundedFirstNeverBelowNothing() {
        LocalDate month = nextMonth();
        List<Payment> payments = new ArrayList<>();
        List<UUID> courses = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            courses.add(academy.course("100.00"));
            payments.add(sold(courses.get(i), month.minusDays(25)));
        }
        run(month);
        List<UUID> payouts = courses.stream()
                .map(course -> payoutOf(academy.instructorOf(course)))
                .toList();
        payouts.forEach(this::approve);
        Race.Result race =
                Race.of(100, number -> number % 2 == 0 ? database.appUrl() : database.ownerUrl(), (sql, number) -> {
                    if (number % 2 == 0) {
                        sql.transaction(work -> {
                            work.actAs(runner, "accountant");
                            return work.run(PAY, payouts.get(number / 2));
                        });
                    } else {
                        refunded(sql, payments.get(number / 2), courses.get(number / 2), "100.00", month.plusDays(40));
                    }
                });
        assertThat(race.refusals()).allMatch(refusal -> refusal.sqlState().equals("TC451"));
        long paid =
                owner.number("select count(*) from sales.payouts where period_start = ? and status = 'paid'", month);
        assertThat(paid).isEqualTo(50 - race.refusals().size());
        // whoever was paid owes it, everybody else is at nothing
        courses.forEach(course -> assertThat(balance("instructor_payable", academy.instructorOf(course)))
                .isEqualByComparingTo(
                        statusOf(payoutOf(academy.instructorOf(course))).equals("paid") ? "-70.00" : "0.00"));
        theBooksAgree();
    }
}
