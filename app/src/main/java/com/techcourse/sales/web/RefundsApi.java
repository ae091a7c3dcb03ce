package com.techcourse.sales.web;

import static com.techcourse.jooq.sales.Tables.GATEWAY_REFUNDS;
import static com.techcourse.jooq.sales.Tables.PAYMENTS;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import tools.jackson.databind.json.JsonMapper;

/** Money that goes back to students. */
@Api
class RefundsApi {

    private final ActingTransactions transactions;
    private final IdempotentWrites writes;
    private final Orders orders;
    private final JsonMapper json;

    RefundsApi(ActingTransactions transactions, IdempotentWrites writes, Orders orders, JsonMapper json) {
        this.transactions = transactions;
        this.writes = writes;
        this.orders = orders;
        this.json = json;
    }

    @PostMapping("/orders/{order_id}/refunds")
    @OpenTo({"student", "accountant", "admin"})
    @Refuses({
        "idempotency-key-reused",
        "refund-too-high",
        "refund-too-late",
        "gift-accepted",
        "order-not-paid",
        "conflict"
    })
    @Operation(
            summary = "Give an order back",
            description =
                    "Students within the refund window, whole lines; accountants and admins at any time, with a reason."
                            + " What is given back whole ends its enrolment, or its seats; progress is kept."
                            + " A gift that was accepted, and seats of a team, are given back by the staff.")
    @ApiResponse(
            responseCode = "201",
            description = "In the books; the gateway gives the money back",
            useReturnTypeSchema = true)
    ResponseEntity<Refund> refund(
            Acting acting,
            @PathVariable("order_id") UUID orderId,
            @RequestHeader(IdempotentWrites.HEADER) String key,
            @RequestBody Refund.Wish wish) {
        return transactions.writeRepeatably(acting, database -> {
            UUID student = orders.buyer(database, orderId);
            return writes.once(database, key, "refund_order", List.of(orderId, wish), Refund.class, () -> {
                UUID refund = (UUID) database.fetchValue(
                        "select sales.refund_order(?, ?, ?::jsonb, ?)",
                        student,
                        orderId,
                        wish.lines() == null ? null : json.writeValueAsString(wish.lines()),
                        wish.reason());
                return ResponseEntity.status(HttpStatus.CREATED)
                        .body(tell(database, student, Objects.requireNonNull(refund)));
            });
        });
    }

    @GetMapping("/orders/{order_id}/refunds")
    @OpenTo("student")
    @Operation(summary = "What was given back of my order", description = "Oldest first.")
    Listing<Refund> list(Acting acting, @PathVariable("order_id") UUID orderId) {
        UUID student = Objects.requireNonNull(acting.userId());
        return transactions.read(acting, database -> {
            orders.buyer(database, orderId);
            return new Listing<>(
                    database.select(GATEWAY_REFUNDS.ID)
                            .from(GATEWAY_REFUNDS)
                            .join(PAYMENTS)
                            .on(PAYMENTS.STUDENT_ID.eq(GATEWAY_REFUNDS.STUDENT_ID))
                            .and(PAYMENTS.ID.eq(GATEWAY_REFUNDS.PAYMENT_ID))
                            .where(PAYMENTS.STUDENT_ID.eq(student))
                            .and(PAYMENTS.ORDER_ID.eq(orderId))
                            .orderBy(GATEWAY_REFUNDS.CREATED_AT, GATEWAY_REFUNDS.ID)
                            .fetch(row -> tell(database, student, row.value1())),
                    null);
        });
    }

    private Refund tell(DSLContext database, UUID student, UUID refund) {
        JSONB document = (JSONB) database.fetchValue("select sales.refund_document(?, ?)", student, refund);
        if (document == null) {
            throw new Refused("not-found");
        }
        return json.readValue(document.data(), Refund.class);
    }
}
