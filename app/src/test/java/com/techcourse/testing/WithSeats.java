package com.techcourse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gifts and teams, by the functions that the application calls. */
public abstract class WithSeats extends WithCheckout {

    private int friends;

    /** Seats of a course on which somebody is enrolled at this moment. */
    protected long enrolled(UUID course) {
        return owner.number(
                "select count(*) from learning.enrollments where course_id = ? and ended_at is null and seat_id is not null",
                course);
    }

    protected UUID organisation(UUID founder) {
        return as(founder, "student", sql -> sql.uuid("select sales.found_organisation('Example & Sons')"));
    }

    protected String teamWish(UUID organisation, UUID course, int seats, String members) {
        return "{\"purpose\": \"team\", \"organisation_id\": \"%s\", \"courses\": [{\"course_id\": \"%s\", \"quantity\": %s}]%s}"
                .formatted(organisation, course, seats, members.isEmpty() ? "" : ", " + members);
    }

    /** Seats of a course for a new organisation of the buyer, paid. */
    protected Payment team(UUID buyer, UUID course, int seats) {
        return paid(order(buyer, key(), teamWish(organisation(buyer), course, seats, "")));
    }

    protected Payment paid(Order order) {
        Payment payment = begin(order);
        assertThat(capture(payment, total(order))).isEqualTo("captured");
        return payment;
    }

    protected static String gift(String email) {
        return "\"purpose\": \"gift\", \"gift\": {\"recipient_email\": \"%s\", \"message\": \"Enjoy\"}"
                .formatted(email);
    }

    protected List<UUID> seats(Payment payment) {
        return owner
                .run(
                        "select id from sales.seats where order_id = ? order by seat_no",
                        payment.order().id())
                .stream()
                .map(UUID.class::cast)
                .toList();
    }

    protected @Nullable Object state(UUID seat) {
        return owner.one("select state from sales.seats where id = ?", seat);
    }

    protected Object assign(UUID buyer, UUID seat, @Nullable String email) {
        return as(buyer, "student", sql -> sql.one("select sales.assign_seat(?, ?)", seat, email));
    }

    /** Offered to an address of its own. */
    protected String offered(UUID buyer, UUID seat) {
        String email = "friend" + friends++ + "@example.net";
        assertThat(assign(buyer, seat, email)).isEqualTo(true);
        return code(email);
    }

    /** The code of the letter that went there last. */
    protected String code(String email) {
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            return String.valueOf(superuser.one(
                            "select details ->> 'link' from identity.mails where recipient::text = ? order by id desc limit 1",
                            email))
                    .replaceFirst(".*/", "");
        }
    }

    protected Object claim(UUID student, String code) {
        return as(student, "student", sql -> sql.one("select sales.claim_seat(?)", code));
    }
}
