package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.WithCheckout;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets what of a sale: discounts, taxes and shares, to the cent. */
class SplitTest extends WithCheckout {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.00 | 1,1,1         | {3.34,3.33,3.33}
            0.01  | 1,1           | {0.01,0.00}
            0.05  | 0.7,0.3       | {0.04,0.01}
            9.99  | 0.7,0.3       | {6.99,3.00}
            100   | 0,1           | {0.00,100.00}
            1.00  | 3,3,1         | {0.43,0.43,0.14}
            5.00  | 29.97,19.98,9.99 | {2.50,1.67,0.83}
            0     | 1,2           | {0.00,0.00}
            """)
    void theLargestRemainderGetsTheCent(String amount, String weights, String parts) {
        assertThat(owner.one(
                        "select sales.allocate(?::numeric, string_to_array(?, ',')::numeric[])::numeric(14, 2)[]::text",
                        amount,
                        weights))
                .isEqualTo(parts);
    }

    @Test
    void noCentIsLostOrMade() {
        assertThat(owner.number("""
                select count(*) from generate_series(1, 20000) n
                  cross join lateral (select round((random() * power(10, n % 8))::numeric, 2) as amount,
                    array(select round(random()::numeric, 4) + case k when 1 then 0.0001 else 0 end from generate_series(1, 1 + n % 7) k) as weights) r
                  cross join lateral (select sales.allocate(r.amount, r.weights) as parts) s
                 where (select sum(p) from unnest(s.parts) p) <> r.amount
                    or exists (select from unnest(s.parts, r.weights) u (part, weight)
                                where abs(u.part - r.amount * u.weight / (select sum(w) from unnest(r.weights) w)) >= 0.01 or u.part < 0)
                """)).isZero();
    }

    @Test
    void taxInsideAndOnTop() {
        owner.run(
                "insert into sales.tax_rates values ('DE', '2020-01-01', 0.16, 'MwSt'), ('DE', '2021-01-01', 0.19, 'MwSt'), ('DE', '2999-01-01', 0.5, 'MwSt')");
        UUID instructor = academy.instructor();
        UUID course = academy.course(instructor, "100.00", "published");
        Payment inside = buy(academy.student(), "\"country\": \"DE\"", course);
        assertThat(line(inside.order())).isEqualTo("(100.00,15.97,58.82,25.21)");
        owner.run("update platform.settings set value = 'false' where name = 'prices_include_tax'");
        Payment onTop = buy(academy.student(), "\"country\": \"DE\"", course);
        owner.run("update platform.settings set value = 'true' where name = 'prices_include_tax'");
        assertThat(line(onTop.order())).isEqualTo("(119.00,19.00,70.00,30.00)");
        assertThat(line(buy(academy.student(), "\"country\": \"US\"", course).order()))
                .isEqualTo("(100.00,0.00,70.00,30.00)");
    }

    /** Paid, tax, the instructors' part, the academy's. */
    private Object line(Order order) {
        return String.valueOf(owner.one("""
                select (l.amount, l.tax_amount,
                        (select sum(p.amount) from sales.line_parts(l.student_id, l.order_id) p where kind = 'instructor_earned'),
                        (select sum(p.amount) from sales.line_parts(l.student_id, l.order_id) p where kind = 'platform_revenue'))::text
                  from sales.order_lines l where l.order_id = ?
                """, order.id()));
    }

    @Test
    void theInstructorsOwnCouponLeavesThreePercentToTheAcademy() {
        UUID instructor = academy.instructor();
        UUID own = academy.course(instructor, "100.00", "published");
        UUID other = academy.course("100.00");
        owner.run("""
                insert into sales.coupons (code, percent_off, scope, instructor_id, valid_until, max_redemptions, created_by)
                values ('MINE', 50, 'instructor', ?, now() + interval '1 day', 10, ?)
                """, instructor, instructor);
        Order order =
                buy(academy.student(), "\"coupon_code\": \"MINE\"", own, other).order();
        assertThat(owner.one(
                        "select string_agg(amount || ' ' || instructor_share, ', ' order by amount) from sales.order_lines where order_id = ?",
                        order.id()))
                .isEqualTo("50.00 0.9700, 100.00 0.7000");
        assertThat(credit("instructor_earned", instructor)).isEqualTo("48.50");
    }

    @Test
    void sharesAreThoseOfTheOrder() {
        UUID lead = academy.instructor();
        UUID second = academy.instructor();
        UUID course = academy.course(lead, "9.99", "published");
        owner.run(
                "insert into catalog.course_instructors (course_id, instructor_id, share_percent) values (?, ?, 33.33)",
                course,
                second);
        Order order = place(academy.student(), "", course);
        owner.run("update catalog.course_instructors set share_percent = 90 where course_id = ?", course);
        owner.run("update catalog.courses set price = 500 where id = ?", course);
        capture(begin(order), "9.99");
        assertThat(credit("instructor_earned", lead)).isEqualTo("4.66");
        assertThat(credit("instructor_earned", second)).isEqualTo("2.33");
    }
}
