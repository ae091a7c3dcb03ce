package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was earned becomes payable after the refund window: each line and payee once, less what was given back. */
class ReleaseTest extends WithPayouts {

    private static final String RELEASES = """
            select count(*) from sales.ledger_entries e join sales.ledger_accounts a on a.id = e.credit_account_id
             where e.kind = 'release' and a.instructor_id = ?
            """;

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    @Test
    void afterTheWindowAndNotBefore() {
        UUID course = academy.course("100.00");
        UUID instructor = academy.instructorOf(course);
        sold(course, day("2025-01-10"));
        academy.purchase(academy.student(), course);
        asLoader(sql -> sql.run("select sales.release_earnings('2025-02-08')"));
        assertThat(balance("instructor_payable", instructor)).isEqualByComparingTo("0");
        asLoader(sql -> sql.run("select sales.release_earnings('2025-02-09')"));
        assertThat(balance("instructor_payable", instructor)).isEqualByComparingTo("70.00");
        // never what is not due yet, whatever day is asked for
        asLoader(sql -> sql.run("select sales.release_earnings('2999-01-01')"));
        assertThat(balance("instructor_payable", instructor)).isEqualByComparingTo("70.00");
        assertThat(balance("instructor_earned", instructor)).isEqualByComparingTo("70.00");
        assertThat(owner.one(
                        "select business_day from sales.ledger_entries where kind = 'release' and credit_account_id ="
                                + " (select id from sales.ledger_accounts where kind = 'instructor_payable' and instructor_id = ?)",
                        instructor))
                .hasToString("2025-02-09");
        theBooksAgree();
    }

    @Test
    void whatWasGivenBackBeforeIsNotReleased() {
        UUID course = academy.course("40.00");
        UUID instructor = academy.instructorOf(course);
        refunded(sold(course, day("2025-01-15")), course, "20.00", day("2025-01-25"));
        refunded(sold(course, day("2025-01-15")), course, "40.00", day("2025-01-25"));
        released();
        assertThat(balance("instructor_payable", instructor)).isEqualByComparingTo("14.00");
        assertThat(balance("instructor_earned", instructor)).isEqualByComparingTo("0");
        assertThat(owner.number(RELEASES, instructor)).isOne();
        theBooksAgree();
    }

    @Test
    void whatIsGivenBackLaterIsOwedByTheInstructor() {
        UUID course = academy.course("40.00");
        UUID instructor = academy.instructorOf(course);
        Payment payment = sold(course, day("2025-01-15"));
        refunded(payment, course, "10.00", day("2025-01-25"));
        released();
        refunded(payment, course, "30.00", day("2025-06-01"));
        assertThat(balance("instructor_payable", instructor)).isEqualByComparingTo("0");
        assertThat(balance("instructor_earned", instructor)).isEqualByComparingTo("0");
        theBooksAgree();
    }

    @Test
    void aLineIsReleasedOnce() {
        UUID course = academy.course("40.00");
        sold(course, day("2025-01-15"));
        released();
        Refusal.by("23505", "ledger_entries_released_once_key", () -> asLoader(sql -> sql.run("""
                        insert into sales.ledger_entries (transaction_id, business_day, kind, debit_account_id, credit_account_id, amount,
                          currency, student_id, order_id, course_id)
                        select transaction_id, business_day, kind, debit_account_id, credit_account_id, amount, currency, student_id,
                               order_id, course_id from sales.ledger_entries where kind = 'release' and course_id = ?
                        """, course)));
        // also when a payment forgot that it was released
        owner.run("update sales.payments set released_at = null");
        released();
        assertThat(owner.number(RELEASES, academy.instructorOf(course))).isOne();
    }

    @Test
    void twoNodesReleaseOnce() {
        UUID course = academy.course("10.00");
        for (int sale = 0; sale < 30; sale++) {
            sold(course, day("2025-02-01"));
        }
        Race.Result race = Race.of(
                100,
                database.appUrl(),
                (sql, number) -> sql.transaction(work -> {
                    work.actAs(null, "visitor");
                    return work.run("select sales.release_earnings(most => 7)");
                }));
        assertThat(race.refusals()).isEmpty();
        assertThat(owner.number(RELEASES, academy.instructorOf(course))).isEqualTo(30);
        assertThat(balance("instructor_payable", academy.instructorOf(course))).isEqualByComparingTo("210.00");
        theBooksAgree();
    }

    /** Whoever comes first, the other sees it: nothing stays earned below nothing, and payable beside it. */
    @Test
    void releaseAndRefundNeverMissEachOther() {
        UUID course = academy.course("10.00");
        List<Payment> payments =
                Stream.generate(() -> sold(course, day("2025-02-01"))).limit(50).toList();
        Race.Result race = Race.of(100, database.ownerUrl(), (sql, number) -> {
            if (number % 2 == 0) {
                release(sql);
            } else {
                refunded(sql, payments.get(number / 2), course, "10.00", day("2025-06-01"));
            }
        });
        assertThat(race.refusals()).isEmpty();
        assertThat(balance("instructor_earned", academy.instructorOf(course))).isEqualByComparingTo("0");
        assertThat(balance("instructor_payable", academy.instructorOf(course))).isEqualByComparingTo("0");
        theBooksAgree();
    }

    private static void release(Sql sql) {
        sql.transaction(work -> {
            work.run("set local role techcourse_loader");
            return work.run("select sales.release_earnings(most => 1)");
        });
    }
}
