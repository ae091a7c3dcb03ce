package com.techcourse.sales.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The baskets that students fill and pay. */
@Api
class OrdersApi {

    private final ActingTransactions transactions;
    private final Orders orders;

    OrdersApi(ActingTransactions transactions, Orders orders) {
        this.transactions = transactions;
        this.orders = orders;
    }

    @PostMapping("/orders")
    @OpenTo("student")
    @Refuses({
        "idempotency-key-reused",
        "course-not-open",
        "already-enrolled",
        "own-course",
        "mixed-currencies",
        "coupon-limit",
        "coupon-not-usable",
        "payment-under-way"
    })
    @Operation(
            summary = "Place an order",
            description =
                    "Prices, tax and shares are those of this moment. An open order for one of the courses is replaced."
                            + " Gifts and teams get seats in place of my enrolment, once they are paid."
                            + " What costs nothing is paid at once. The same Idempotency-Key and request: the same answer.")
    @ApiResponse(responseCode = "201", description = "Placed, now or before", useReturnTypeSchema = true)
    ResponseEntity<Order> place(
            Acting acting, @RequestHeader(IdempotentWrites.HEADER) String key, @RequestBody OrderWish wish) {
        return transactions.writeRepeatably(acting, database -> orders.place(database, key, wish));
    }

    @GetMapping("/orders")
    @OpenTo("student")
    @Operation(summary = "My orders", description = "Newest first.")
    Listing<Order> list(
            Acting acting,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return Listing.of(transactions.read(
                acting,
                database ->
                        orders.list(database, Objects.requireNonNull(acting.userId()), Cursor.parse(after), limit)));
    }

    @GetMapping("/orders/{order_id}")
    @OpenTo({"student", "accountant", "admin"})
    @Operation(summary = "One order", description = "Students see their own, accountants and admins all.")
    Order get(Acting acting, @PathVariable("order_id") UUID orderId) {
        return transactions.read(acting, database -> orders.one(database, orderId));
    }

    @DeleteMapping("/orders/{order_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("student")
    @Refuses({"already-paid", "payment-under-way"})
    @Operation(
            summary = "Cancel an order that is not paid",
            description = "Its coupon is free again. Repeated, it changes nothing.")
    void cancel(Acting acting, @PathVariable("order_id") UUID orderId) {
        transactions.writeRepeatably(acting, database -> {
            orders.cancel(database, orderId);
            return orderId;
        });
    }
}
