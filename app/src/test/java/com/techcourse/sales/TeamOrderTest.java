package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithSeats;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Orders for others in the books: price times quantity, one coupon for all of it, to the cent. */
class TeamOrderTest extends WithSeats {

    @Test
    void aTeamPaysForAllItsSeatsToTheCent() {
        owner.run("insert into sales.tax_rates values ('DE', '2020-01-01', 0.19, 'MwSt')");
        UUID lead = academy.instructor();
        UUID course = academy.course(lead, "9.99", "published");
        UUID other = academy.course("5.01");
        owner.run("""
                insert into sales.coupons (code, amount_off, currency, scope, valid_until, max_redemptions, created_by)
                values ('TEAM', 10.00, 'EUR', 'platform', now() + interval '1 day', 5, ?)
                """, academy.admin());
        UUID buyer = academy.student();
        Order order = order(buyer, key(), """
                {"purpose": "team", "organisation_id": "%s", "coupon_code": "TEAM", "country": "DE",
                 "courses": [{"course_id": "%s", "quantity": 7}, {"course_id": "%s", "quantity": 3}]}
                """.formatted(organisation(buyer), course, other));
        // 7 x 9.99 = 69.93 and 3 x 5.01 = 15.03 are 84.96; the 10.00 are split 8.23 and 1.77 by the largest remainder
        assertThat(line(order, course)).isEqualTo("7 69.93 8.23 61.70 9.85");
        assertThat(line(order, other)).isEqualTo("3 15.03 1.77 13.26 2.12");
        Payment payment = paid(order);
        assertThat(seats(payment)).hasSize(10);
        // 61.70 less 9.85 of tax: 70 percent of 51.85
        assertThat(credit("instructor_earned", lead)).isEqualTo("36.30");
        assertThat(owner.one("select units_sold from reporting.daily_sales where course_id = ?", course))
                .hasToString("7");
        owner.run("select sales.number_invoices(null, 100, null)");
        assertThat(owner.one(
                        "select jsonb_path_query_first(document, '$.lines[*] ? (@.course_id == $id).quantity', jsonb_build_object('id', ?::text))::text from sales.invoices where order_id = ?",
                        course.toString(),
                        order.id()))
                .isEqualTo("7");
        assertThat(owner.number("select count(*) from sales.coupon_slots")).isOne();
    }

    private String line(Order order, UUID course) {
        return (String) owner.one(
                "select concat_ws(' ', quantity, list_price, discount_amount, amount, tax_amount) from sales.order_lines where order_id = ? and course_id = ?",
                order.id(),
                course);
    }

    @Test
    void anOrderSaysForWhomItIs() {
        UUID course = academy.course("10.00");
        UUID student = academy.student();
        UUID organisation = organisation(student);
        for (String gift : List.of(
                "\"purpose\": \"gift\"",
                "\"purpose\": \"gift\", \"gift\": {\"recipient_email\": \"nobody\"}",
                "\"purpose\": \"gift\", \"gift\": {\"recipient_email\": \"a@example.org\", \"message\": \"https://example.org\"}",
                "\"purpose\": \"gift\", \"gift\": {\"recipient_email\": \"a@example.org\", \"message\": \"%s\"}"
                        .formatted("x".repeat(1001)),
                "\"purpose\": \"loan\"",
                "\"gift\": {\"recipient_email\": \"a@example.org\"}")) {
            Refusal.by("TC476", () -> place(student, gift, course));
        }
        Refusal.by("TC477", () -> place(student, "\"purpose\": \"team\"", course));
        Refusal.by("TC477", () -> place(student, "\"organisation_id\": \"%s\"".formatted(organisation), course));
        Refusal.by("TC477", () -> order(academy.student(), key(), teamWish(organisation, course, 2, "")));
        Refusal.by("TC429", () -> order(student, key(), teamWish(organisation, course, 1001, "")));
        Refusal.by("TC429", () -> order(student, key(), teamWish(organisation, course, 0, "")));
        String two = "{\"courses\": [{\"course_id\": \"%s\", \"quantity\": 2}]%s}";
        Refusal.by("TC429", () -> order(student, key(), two.formatted(course, "")));
        Refusal.by("TC429", () -> order(student, key(), two.formatted(course, ", " + gift("a@example.org"))));
        Refusal.by("TC418", () -> order(academy.instructorOf(course), key(), wish(gift("a@example.org"), course)));
    }

    @Test
    void whatCostsNothingHasItsSeatsAtOnce() {
        owner.run("""
                insert into sales.coupons (code, percent_off, scope, valid_until, max_redemptions, created_by)
                values ('WHOLE', 100, 'platform', now() + interval '1 day', 5, ?)
                """, academy.admin());
        UUID buyer = academy.student();
        UUID course = academy.course("10.00");
        Order order = order(buyer, key(), teamWish(organisation(buyer), course, 1000, "\"coupon_code\": \"WHOLE\""));
        assertThat(owner.number("select count(*) from sales.seats where order_id = ?", order.id()))
                .isEqualTo(1000);
    }
}
