package com.techcourse.sales.web;

import static com.techcourse.jooq.sales.Tables.SEATS;

import com.techcourse.jooq.sales.tables.records.SeatsRecord;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A place in a course that somebody bought for others.
 *
 * @param kind gift or team
 * @param organisationId whose team; absent for a gift
 * @param seatNo which of the line's seats, from 1
 * @param state free, offered (a letter is out), held (somebody has taken it) or revoked (its money was given back)
 * @param recipientEmail to whom it was offered last
 * @param heldAt since when somebody has it
 * @param moves how often it was taken from somebody
 * @param letters how often it was offered by letter, at most 20
 */
record Seat(
        UUID id,
        String kind,
        @Nullable UUID organisationId,
        UUID orderId,
        UUID courseId,
        int seatNo,
        String state,
        @Nullable String recipientEmail,
        @Nullable OffsetDateTime heldAt,
        int moves,
        int letters,
        @Nullable OffsetDateTime revokedAt) {

    /** Those that the application may read. */
    private static final List<Field<?>> FIELDS = List.of(
            SEATS.ID,
            SEATS.KIND,
            SEATS.ORGANISATION_ID,
            SEATS.ORDER_ID,
            SEATS.COURSE_ID,
            SEATS.SEAT_NO,
            SEATS.STATE,
            SEATS.RECIPIENT_EMAIL,
            SEATS.HELD_AT,
            SEATS.MOVES,
            SEATS.LETTERS,
            SEATS.REVOKED_AT);

    /** What somebody asks for: all seats, or those in one state. */
    record Choice(
            Optional<Cursor> after,

            @Schema(allowableValues = {"free", "offered", "held", "revoked"}) @Nullable
            String state,

            Limit limit) {

        private Condition condition() {
            return after.map(cursor -> SEATS.ID.gt(cursor.uuid(0)))
                    .orElseGet(DSL::noCondition)
                    .and(state == null ? DSL.noCondition() : SEATS.STATE.eq(state));
        }
    }

    /** Row security shows whoever gives them, and nobody else. */
    static Page<Seat> list(DSLContext database, Condition whose, Choice choice) {
        List<Seat> rows = database.select(FIELDS)
                .from(SEATS)
                .where(whose)
                .and(choice.condition())
                .orderBy(SEATS.ID)
                .limit(choice.limit().rows() + 1)
                .fetch(Seat::of);
        return Page.of(rows, choice.limit().rows(), seat -> Cursor.of(seat.id()));
    }

    static Seat one(DSLContext database, UUID id) {
        return database.select(FIELDS)
                .from(SEATS)
                .where(SEATS.ID.eq(id))
                .fetchOptional(Seat::of)
                .orElseThrow(() -> new Refused("not-found"));
    }

    private static Seat of(Record row) {
        SeatsRecord seat = row.into(SEATS);
        return new Seat(
                seat.getId(),
                seat.getKind(),
                seat.getOrganisationId(),
                seat.getOrderId(),
                seat.getCourseId(),
                seat.getSeatNo(),
                seat.getState(),
                seat.getRecipientEmail(),
                seat.getHeldAt(),
                seat.getMoves(),
                seat.getLetters(),
                seat.getRevokedAt());
    }

    /** @param email where the letter goes */
    record Offer(
            @Schema(example = "colleague@example.org", maxLength = 254)
            String email) {}

    /** @param code of the letter */
    record Claim(
            @Schema(example = "0f3c9f9e5b1c4a6d8e7f", maxLength = 64)
            String code) {}

    /** @param message of whoever gave it */
    record Claimed(
            UUID seatId,
            UUID courseId,
            String courseSlug,
            String courseTitle,
            @Nullable String message) {}
}
