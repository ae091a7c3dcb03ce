package com.techcourse.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithSeats;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each agreement of the books is broken in turn, by a superuser who has switched the rules off, and the check says which
 * one it was.
 */
class BooksTest extends WithSeats {

    @BeforeAll
    void someSales() {
        owner.run("insert into sales.tax_rates values ('DE', '2020-01-01', 0.19, 'MwSt')");
        UUID lead = academy.instructor();
        UUID course = academy.course(lead, "20.00", "published");
        owner.run(
                "insert into catalog.course_instructors (course_id, instructor_id, share_percent) values (?, ?, 25)",
                course,
                academy.instructor());
        academy.coupon("BOOKS", 5, 1);
        UUID student = academy.student();
        String germany = "\"country\": \"DE\"";
        buy(student, germany + ", \"coupon_code\": \"BOOKS\"", course, academy.course("5.00"));
        Payment refunded = buy(academy.student(), germany, course);
        UUID given = as(
                refunded.order().studentId(),
                "student",
                sql -> sql.uuid(
                        "select sales.refund_order(?, ?, null, null)",
                        refunded.order().studentId(),
                        refunded.order().id()));
        as(
                refunded.order().studentId(),
                "student",
                sql -> sql.one(
                        "select sales.given_back(?, ?, 're_1')",
                        refunded.order().studentId(),
                        given));
        UUID buyer = academy.student();
        UUID seat = seats(team(buyer, academy.course("5.00"), 3)).getFirst();
        claim(academy.student(), offered(buyer, seat));
        Payment late = begin(place(academy.student(), germany, course));
        owner.run("update catalog.courses set status = 'archived' where id = ?", course);
        capture(late, "20.00");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the total of an order is the sum of its lines                | update sales.orders set total_amount = total_amount + 0.01
            a paid order has a captured payment                          | update sales.orders set paid_at = null
            a captured payment pays the sum of the lines                 | update sales.payments set amount = amount - 0.01 where refunded_amount = 0
            a captured payment has its enrolments                        | delete from learning.enrollments
            a captured payment is known by its reference                 | delete from sales.payment_references
            a reference stands for a payment                             | insert into sales.payment_references values ('demo', 'of-nothing', gen_random_uuid(), gen_random_uuid())
            an enrolment by an order has a captured payment              | update sales.payments set status = 'failed', captured_at = null, business_day = null where refunded_amount = 0 and status = 'captured'
            the daily sales report is the sum of the payments            | update sales.payments set amount = amount + 1
            the daily sales report agrees with the ledger                | update sales.ledger_entries set business_day = business_day - 1 where kind = 'sale'
            the ledger holds every sale                                  | delete from sales.ledger_entries where kind = 'sale'
            the ledger holds every refund                                | delete from sales.ledger_entries where kind = 'refund'
            each has earned the share that was frozen at the sale        | update sales.line_shares set share_percent = 30
            the ledger holds the tax of every line                       | delete from sales.ledger_entries e using sales.ledger_accounts a where a.id = e.credit_account_id and a.kind = 'taxes'
            nobody gives back more of a line than it brought             | insert into sales.ledger_entries select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).* from sales.ledger_entries e where e.kind = 'refund' and e.refund_id is not null
            the balances of a currency add up to zero                    | update sales.ledger_accounts set currency = 'USD' where kind = 'taxes'
            what a payment says is given back is the sum of its refunds  | update sales.payments set refunded_amount = 0
            what a line says is given back is the sum of its refunds     | update sales.order_lines set refunded_amount = 0
            the daily sales report is the sum of the refunds             | update sales.refunds set course_id = gen_random_uuid()
            a gateway gives back what was refunded                       | update sales.gateway_refunds set amount = amount + 1 where status = 'done'
            what a gateway has given back is posted                      | update sales.gateway_refunds set status = 'done', done_at = now() where status = 'pending'
            surplus money is owed or given back                          | delete from sales.gateway_refunds where status = 'pending'
            what is owed to students waits to be given back              | delete from sales.gateway_refunds where status = 'pending'
            a captured payment for others has its seats                  | delete from sales.seats
            a seat has a captured payment                                | update sales.payments set status = 'failed', captured_at = null, business_day = null where refunded_amount = 0 and status = 'captured'
            a seat that somebody has is an enrolment                     | update learning.enrollments set seat_id = null
            a coupon is redeemed within its limit                        | with more as (insert into sales.coupon_slots select coupon_id, 2, 5, student_id, gen_random_uuid() from sales.coupon_slots returning 1) update sales.coupons set max_redemptions = 1
            a student redeems a coupon within its limit                  | insert into sales.coupon_redemptions select student_id, coupon_id, 2, 2, gen_random_uuid() from sales.coupon_redemptions
            a redemption has its slot                                    | delete from sales.coupon_slots
            a discount has its redemption                                | delete from sales.coupon_redemptions
            """)
    void aBrokenAgreementIsCaught(String rule, String breaking) {
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            superuser.andBack(sql -> {
                sql.run("set local session_replication_role = replica");
                for (String appendOnly : new String[] {"ledger_entries", "refunds"}) {
                    sql.run("alter table sales." + appendOnly + " disable trigger all");
                }
                sql.run(breaking);
                assertThat(sql.run("select distinct rule from reporting.books_differences()"))
                        .contains(rule);
                return rule;
            });
        }
    }
}
