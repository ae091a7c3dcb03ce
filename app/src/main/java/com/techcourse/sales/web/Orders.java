package com.techcourse.sales.web;

import static com.techcourse.jooq.sales.Tables.ORDERS;

import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Refused;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record2;
import org.jooq.impl.DSL;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Orders as the database places and tells them. */
@Component
class Orders {

    private final JsonMapper json;
    private final IdempotentWrites writes;

    Orders(JsonMapper json, IdempotentWrites writes) {
        this.json = json;
        this.writes = writes;
    }

    ResponseEntity<Order> place(DSLContext transaction, String key, OrderWish wish) {
        JSONB answer = (JSONB) transaction.fetchValue(
                "select sales.place_order(?::jsonb, ?, ?)",
                json.writeValueAsString(wish),
                IdempotentWrites.checked(key),
                writes.sha256(wish));
        return writes.answer(java.util.Objects.requireNonNull(answer), Order.class);
    }

    /** Of whoever placed it; accountants and admins see all. */
    Order one(DSLContext database, UUID order) {
        UUID student = buyer(database, order);
        return tell(database, student, order);
    }

    UUID buyer(DSLContext database, UUID order) {
        return Optional.ofNullable((UUID) database.fetchValue("select sales.buyer_of(?)", order))
                .orElseThrow(() -> new Refused("not-found"));
    }

    Order tell(DSLContext database, UUID student, UUID order) {
        JSONB document = (JSONB) database.fetchValue("select sales.order_document(?, ?)", student, order);
        return json.readValue(java.util.Objects.requireNonNull(document).data(), Order.class);
    }

    /** A student's own, newest first. */
    Page<Order> list(DSLContext database, UUID student, Optional<Cursor> after, Limit limit) {
        List<Record2<java.time.OffsetDateTime, JSONB>> rows = database.select(
                        ORDERS.PLACED_AT,
                        DSL.field("sales.order_document({0}, {1})", JSONB.class, ORDERS.STUDENT_ID, ORDERS.ID))
                .from(ORDERS)
                .where(ORDERS.STUDENT_ID.eq(student))
                .and(after.map(cursor -> DSL.row(ORDERS.PLACED_AT, ORDERS.ID).lt(cursor.time(0), cursor.uuid(1)))
                        .orElseGet(DSL::noCondition))
                .orderBy(ORDERS.PLACED_AT.desc(), ORDERS.ID.desc())
                .limit(limit.rows() + 1)
                .fetch();
        return Page.of(
                rows.stream()
                        .map(row -> json.readValue(row.value2().data(), Order.class))
                        .toList(),
                limit.rows(),
                order -> Cursor.of(order.placedAt(), order.id()));
    }

    void cancel(DSLContext transaction, UUID order) {
        if (transaction.fetchValue("select sales.cancel_order(?)", order) == null) {
            throw new Refused("not-found");
        }
    }
}
