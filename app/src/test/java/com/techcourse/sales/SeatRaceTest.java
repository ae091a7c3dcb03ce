package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Order;
import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithSeats;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** N seats are never more than N enrolments, whoever races. */
class SeatRaceTest extends WithSeats {

    private static Object claim(Sql sql, UUID student, String code) {
        return sql.transaction(one -> {
            one.actAs(student, "student");
            return one.one("select sales.claim_seat(?)", code);
        });
    }

    private String[] sentTo(String pattern) {
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            return superuser
                    .run("select details ->> 'link' from identity.mails where recipient::text like ?", pattern)
                    .stream()
                    .map(link -> String.valueOf(link).replaceFirst(".*/", ""))
                    .toArray(String[]::new);
        }
    }

    private UUID[] students(int count) {
        UUID[] students = new UUID[count];
        Arrays.setAll(students, _ -> academy.student());
        return students;
    }

    @Test
    void ofAHundredWithOneCodeOneHasTheSeat() {
        UUID course = academy.course("10.00");
        UUID buyer = academy.student();
        String code = offered(buyer, seats(team(buyer, course, 1)).getFirst());
        UUID[] students = students(100);
        Race.Result race = Race.of(100, database.appUrl(), (sql, number) -> claim(sql, students[number], code));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(new Refusal("TC471", null));
        assertThat(enrolled(course)).isOne();
    }

    @Test
    void onePersonTakesOneSeatOfACourse() {
        UUID course = academy.course("10.00");
        UUID buyer = academy.student();
        List<UUID> seats = seats(team(buyer, course, 100));
        String[] codes = seats.stream().map(seat -> offered(buyer, seat)).toArray(String[]::new);
        UUID greedy = academy.student();
        Race.Result race = Race.of(100, database.appUrl(), (sql, number) -> claim(sql, greedy, codes[number]));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals())
                .isSubsetOf(new Refusal("TC472", null), new Refusal("23505", "seats_one_for_a_holder_key"));
        assertThat(enrolled(course)).isOne();
    }

    @Test
    void ofFiftyLettersTwentyGoOutAndOneCodeCounts() {
        UUID course = academy.course("10.00");
        UUID buyer = academy.student();
        UUID seat = seats(team(buyer, course, 1)).getFirst();
        claim(academy.student(), offered(buyer, seat));
        Race.Result race = Race.of(
                50,
                database.appUrl(),
                (sql, number) -> sql.transaction(one -> {
                    one.actAs(buyer, "student");
                    return one.one("select sales.assign_seat(?, ?)", seat, "racer" + number + "@example.org");
                }));
        assertThat(race.winners()).as(race.toString()).isEqualTo(19);
        assertThat(race.refusals()).containsOnly(new Refusal("23514", "seats_at_most_20_letters_check"));
        assertThat(owner.one("select moves from sales.seats where id = ?", seat))
                .isEqualTo(1);
        UUID[] students = students(19);
        String[] codes = sentTo("racer%");
        Race.Result claims =
                Race.of(19, database.appUrl(), (sql, number) -> claim(sql, students[number], codes[number]));
        assertThat(claims.winners()).isOne();
        assertThat(enrolled(course)).isOne();
    }

    @Test
    void aRefundAndAClaimNeverBothWin() {
        UUID course = academy.course("10.00");
        for (int round = 0; round < 20; round++) {
            UUID buyer = academy.student();
            String friend = "round" + round + "@example.org";
            Payment gift = buy(buyer, gift(friend), course);
            String code = code(friend);
            UUID student = academy.student();
            Race.Result race = Race.of(2, database.appUrl(), (sql, number) -> {
                if (number == 0) {
                    claim(sql, student, code);
                } else {
                    sql.transaction(one -> {
                        one.actAs(buyer, "student");
                        return one.one(
                                "select sales.refund_order(?, ?, null, null)",
                                buyer,
                                gift.order().id());
                    });
                }
            });
            assertThat(race.winners()).isOne();
            assertThat(race.refusals()).isSubsetOf(new Refusal("TC471", null), new Refusal("TC474", null));
        }
    }

    @Test
    void captureAndCancellationLeaveSeatsOrNone() {
        UUID course = academy.course("10.00");
        for (int round = 0; round < 20; round++) {
            UUID buyer = academy.student();
            Order order = place(buyer, gift("either" + round + "@example.org"), course);
            Payment payment = begin(order);
            Race.of(2, database.appUrl(), (sql, number) -> {
                if (number == 0) {
                    sql.transaction(one -> captured(one, payment, "10.00"));
                } else {
                    sql.transaction(one -> {
                        one.actAs(buyer, "student");
                        return one.one("select sales.cancel_order(?)", order.id());
                    });
                }
            });
            assertThat(seats(payment))
                    .hasSize(
                            "captured".equals(owner.one("select status from sales.payments where id = ?", payment.id()))
                                    ? 1
                                    : 0);
        }
    }
}
