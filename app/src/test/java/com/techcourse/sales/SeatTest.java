package com.techcourse.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Payment;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithSeats;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Seats come with the money and go with it, and are given, taken and given back as promised in docs/seats.md. */
class SeatTest extends WithSeats {

    @Test
    void aGiftIsOfferedWithItsCaptureAndClaimedOnce() {
        UUID course = academy.course("10.00");
        UUID friend = academy.student();
        Payment gift = buy(academy.student(), gift("friend@example.org"), course);
        assertThat(seats(gift)).hasSize(1);
        assertThat(owner.number("select count(*) from learning.enrollments where course_id = ?", course))
                .isZero();
        assertThat(owner.number("select count(*) from sales.course_holds where course_id = ?", course))
                .isZero();
        String code = code("friend@example.org");
        assertThat(claim(friend, code).toString()).contains("Enjoy");
        assertThat(claim(friend, code).toString()).contains("Enjoy");
        assertThat(enrolled(course)).isOne();
        Refusal.by("TC471", () -> claim(academy.student(), code));
        Refusal.by("TC428", () -> as(friend, "instructor", sql -> sql.one("select sales.claim_seat(?)", code)));
    }

    @Test
    void aGiftOfWhatOneHasIsAGiftAndAFreeOneToo() {
        UUID course = academy.course("10.00");
        UUID buyer = academy.student();
        buy(buyer, "", course);
        buy(buyer, gift("first@example.org"), course);
        buy(buyer, gift("second@example.org"), course);
        claim(academy.student(), code("first@example.org"));
        place(buyer, gift("third@example.org"), academy.course("0.00"));
        claim(academy.student(), code("third@example.org"));
        Refusal.by("TC472", () -> claim(buyer, code("second@example.org")));
    }

    @Test
    void whoHasTheCourseTakesNoSeat() {
        UUID course = academy.course("10.00");
        UUID buyer = academy.student();
        UUID owning = academy.student();
        buy(owning, "", course);
        List<UUID> seats = seats(team(buyer, course, 2));
        String first = offered(buyer, seats.get(0));
        Refusal.by("TC472", () -> claim(owning, first));
        as(owning, "student", sql -> sql.one("select learning.end_enrolment(?, ?)", owning, course));
        Refusal.by("TC472", () -> claim(owning, first));
        UUID lead = academy.instructorOf(course);
        Refusal.by("TC472", () -> claim(lead, first));
        UUID colleague = academy.student();
        claim(colleague, first);
        String second = offered(buyer, seats.get(1));
        Refusal.by("TC472", () -> claim(colleague, second));
        Refusal.by("TC419", () -> place(colleague, "", course));
        owner.run("update catalog.courses set status = 'archived' where id = ?", course);
        claim(academy.student(), second);
        assertThat(enrolled(course)).isEqualTo(2);
    }

    @Test
    void aSeatMovesAFewTimesAndProgressStays() {
        UUID course = academy.course("10.00");
        UUID buyer = academy.student();
        UUID seat = seats(team(buyer, course, 1)).getFirst();
        for (int move = 0; move < 3; move++) {
            claim(academy.student(), offered(buyer, seat));
            assertThat(enrolled(course)).isOne();
            assertThat(owner.number("select count(*) from learning.enrollments where course_id = ?", course))
                    .isEqualTo(move + 1);
        }
        Refusal.by("TC473", () -> assign(buyer, seat, "one-more@example.org"));
        Refusal.by("TC473", () -> assign(buyer, seat, null));
        assertThat(assign(academy.student(), seat, "stranger@example.org")).isEqualTo(false);
        List<?> seen =
                as(academy.student(), "student", sql -> sql.run("select id from sales.seats where id = ?", seat));
        assertThat(seen).isEmpty();
    }

    @Test
    void whoLosesASeatComesBackByMoneyOnly() {
        UUID course = academy.course("10.00");
        UUID buyer = academy.student();
        UUID seat = seats(team(buyer, course, 1)).getFirst();
        UUID holder = academy.student();
        claim(holder, offered(buyer, seat));
        as(holder, "student", sql -> sql.one("select learning.end_enrolment(?, ?)", holder, course));
        as(holder, "student", sql -> sql.one("select learning.enrol(?, ?)", holder, course));
        assertThat(enrolled(course)).isOne();
        as(holder, "student", sql -> sql.one("select learning.end_enrolment(?, ?)", holder, course));
        assign(buyer, seat, null);
        assertThat(state(seat)).isEqualTo("free");
        Refusal.by("TC302", () -> as(holder, "student", sql -> sql.one("select learning.enrol(?, ?)", holder, course)));
        buy(holder, "", course);
        assertThat(enrolled(course)).isZero();
    }

    @Test
    void aLetterIsSentAgainAndItsFirstCodeEnds() {
        UUID buyer = academy.student();
        Payment gift = buy(buyer, gift("lost@example.org"), academy.course("10.00"));
        UUID seat = seats(gift).getFirst();
        String lost = code("lost@example.org");
        as(buyer, "student", sql -> sql.one("select sales.send_seat_again(?)", seat));
        Refusal.by("TC471", () -> claim(academy.student(), lost));
        String other = offered(buyer, seat);
        Refusal.by("TC471", () -> claim(academy.student(), code("lost@example.org")));
        claim(academy.student(), other);
        Refusal.by("TC475", () -> as(buyer, "student", sql -> sql.one("select sales.send_seat_again(?)", seat)));
        Refusal.by("TC474", () -> assign(buyer, seat, "mine-again@example.org"));
        Refusal.by("TC474", () -> assign(buyer, seat, null));
    }

    @Test
    void seatsGoWithTheMoney() {
        UUID course = academy.course("10.00");
        UUID buyer = academy.student();
        Payment team = team(buyer, course, 3);
        List<UUID> seats = seats(team);
        UUID holder = academy.student();
        claim(holder, offered(buyer, seats.get(0)));
        String waiting = offered(buyer, seats.get(1));
        refund(team, "[{\"course_id\": \"%s\", \"amount\": \"10.00\"}]".formatted(course), academy.user("accountant"));
        assertThat(enrolled(course)).isOne();
        refund(team, null, academy.user("accountant"));
        assertThat(enrolled(course)).isZero();
        assertThat(owner.one("select end_reason from learning.enrollments where student_id = ?", holder))
                .isEqualTo("refunded");
        Refusal.by("TC471", () -> claim(academy.student(), waiting));
        Refusal.by("TC470", () -> assign(buyer, seats.get(2), "late@example.org"));
        Refusal.by("TC426", () -> refund(team(buyer, course, 1), null, buyer));
    }

    @Test
    void aGiftGoesBackUntilItIsAccepted() {
        UUID course = academy.course("10.00");
        UUID buyer = academy.student();
        Payment unclaimed = buy(buyer, gift("nobody@example.org"), course);
        refund(unclaimed, null, buyer);
        assertThat(state(seats(unclaimed).getFirst())).isEqualTo("revoked");
        Payment accepted = buy(buyer, gift("glad@example.org"), course);
        claim(academy.student(), code("glad@example.org"));
        Refusal.by("TC474", () -> refund(accepted, null, buyer));
        refund(accepted, null, academy.user("accountant"));
        assertThat(enrolled(course)).isZero();
    }

    private void refund(Payment payment, @org.jspecify.annotations.Nullable String lines, UUID by) {
        boolean staff = !by.equals(payment.order().studentId());
        as(
                by,
                staff ? "accountant" : "student",
                sql -> sql.one(
                        "select sales.refund_order(?, ?, ?::jsonb, 'A good reason')",
                        payment.order().studentId(),
                        payment.order().id(),
                        lines));
    }

    @Test
    void anEnrolmentStandsOnASeatOfItsStudent() {
        UUID course = academy.course("10.00");
        UUID buyer = academy.student();
        Payment team = team(buyer, course, 1);
        UUID seat = seats(team).getFirst();
        UUID student = academy.student();
        String insert = "insert into learning.enrollments (student_id, course_id, seat_id) values (?, ?, ?)";
        Refusal.by("23503", "enrollments_seat_fkey", () -> owner.run(insert, student, course, seat));
        Refusal.by("42501", () -> as(student, "student", sql -> sql.run(insert, student, course, seat)));
        Refusal.by(
                "TC303",
                () -> as(
                        buyer,
                        "student",
                        sql -> sql.run(
                                "insert into learning.enrollments (student_id, course_id, order_id) values (?, ?, ?)",
                                buyer,
                                course,
                                team.order().id())));
    }
}
