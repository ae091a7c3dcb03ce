package com.techcourse.sales.web;

import static com.techcourse.jooq.sales.Tables.SEATS;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.json.JsonMapper;

/** Places in courses that somebody bought for others: offered by letter, claimed by its code. */
@Api
class SeatsApi {

    private final ActingTransactions transactions;
    private final Orders orders;
    private final JsonMapper json;

    SeatsApi(ActingTransactions transactions, Orders orders, JsonMapper json) {
        this.transactions = transactions;
        this.orders = orders;
        this.json = json;
    }

    @GetMapping("/orders/{order_id}/seats")
    @OpenTo("student")
    @Operation(
            summary = "Seats of my order",
            description = "Of a gift, or of a team whose seats I manage. None for an order for oneself.")
    Listing<Seat> list(
            Acting buyer,
            @PathVariable("order_id") UUID orderId,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return transactions.read(buyer, database -> {
            UUID student = orders.buyer(database, orderId);
            return Listing.of(Seat.list(
                    database,
                    SEATS.BUYER_ID.eq(student).and(SEATS.ORDER_ID.eq(orderId)),
                    new Seat.Choice(Cursor.parse(after), state, limit)));
        });
    }

    @GetMapping("/seats/{seat_id}")
    @OpenTo("student")
    @Operation(summary = "A seat that I give", description = "A gift of mine, or a seat of a team that I manage.")
    Seat get(Acting giver, @PathVariable("seat_id") UUID seatId) {
        return transactions.read(giver, database -> Seat.one(database, seatId));
    }

    @PutMapping("/seats/{seat_id}/offer")
    @OpenTo("student")
    @Refuses({"seat-given-back", "seat-moved-too-often", "gift-accepted", "too-many-letters"})
    @Operation(
            summary = "Offer a seat to somebody",
            description =
                    "By a letter with a code; earlier codes end. Whoever of a team has the seat loses it, and keeps"
                            + " the progress; a gift that was accepted stays where it is.")
    Seat offer(Acting giver, @PathVariable("seat_id") UUID seatId, @RequestBody Seat.Offer offer) {
        return transactions.write(giver, database -> {
            assign(database, seatId, offer.email());
            return Seat.one(database, seatId);
        });
    }

    @DeleteMapping("/seats/{seat_id}/offer")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("student")
    @Refuses({"seat-given-back", "seat-moved-too-often", "gift-accepted"})
    @Operation(summary = "Take a seat back", description = "Ends the code that was offered, or the enrolment on it.")
    void takeBack(Acting giver, @PathVariable("seat_id") UUID seatId) {
        transactions.write(giver, database -> {
            assign(database, seatId, null);
            return seatId;
        });
    }

    @PostMapping("/seats/{seat_id}/letters")
    @OpenTo("student")
    @Refuses({"seat-given-back", "seat-not-offered", "too-many-letters"})
    @Operation(
            summary = "Send the letter of a seat again",
            description = "To the same address, with a new code; the earlier one ends.")
    Seat sendAgain(Acting giver, @PathVariable("seat_id") UUID seatId) {
        return transactions.write(giver, database -> {
            found(database.fetchValue("select sales.send_seat_again(?)", seatId));
            return Seat.one(database, seatId);
        });
    }

    @PostMapping("/seats/claims")
    @OpenTo("student")
    @Refuses({"link-not-usable", "already-enrolled", "course-not-open"})
    @Operation(
            summary = "Claim a seat",
            description = "By the code of its letter; enrols at once. Repeated by the same student: the same answer.")
    Seat.Claimed claim(Acting student, @RequestBody Seat.Claim claim) {
        JSONB claimed = (JSONB) transactions.write(
                student,
                database -> Objects.requireNonNull(database.fetchValue("select sales.claim_seat(?)", claim.code())));
        return json.readValue(claimed.data(), Seat.Claimed.class);
    }

    private static void assign(DSLContext database, UUID seat, @Nullable String email) {
        found(database.fetchValue("select sales.assign_seat(?, ?)", seat, email));
    }

    private static void found(@Nullable Object outcome) {
        if (!Boolean.TRUE.equals(outcome)) {
            throw new Refused("not-found");
        }
    }
}
