package com.techcourse.sales.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import com.techcourse.sales.gateways.Means;
import com.techcourse.sales.gateways.Payments;
import com.techcourse.sales.gateways.Payments.Step;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.json.JsonMapper;

/** Paying orders. */
@Api
class PaymentsApi {

    private final ActingTransactions transactions;
    private final Payments payments;
    private final ReturnUrls returnUrls;
    private final IdempotentWrites writes;
    private final JsonMapper json;

    PaymentsApi(
            ActingTransactions transactions,
            Payments payments,
            ReturnUrls returnUrls,
            IdempotentWrites writes,
            JsonMapper json) {
        this.transactions = transactions;
        this.payments = payments;
        this.returnUrls = returnUrls;
        this.writes = writes;
        this.json = json;
    }

    @PostMapping("/orders/{order_id}/payments")
    @ResponseStatus(HttpStatus.CREATED)
    @OpenTo("student")
    @Refuses({"idempotency-key-reused", "already-paid", "order-not-open", "gateway-closed"})
    @Operation(
            summary = "Pay an order",
            description =
                    "Ends as captured or failed, or stays pending: then go to confirm_url if there is one, else ask again. The same key and body get the same answer, and go on with what has no end yet; nothing is charged twice.")
    ResponseEntity<Payment> pay(
            Acting acting,
            @PathVariable("order_id") UUID orderId,
            @Parameter(description = "8 to 200 characters of your choice, new for each new try to pay")
                    @RequestHeader(IdempotentWrites.HEADER)
                    String key,
            @RequestBody Wish wish) {
        Means means = new Means(wish.card(), returnUrls.checked(wish.returnUrl()));
        byte[] hash = writes.sha256(List.of(orderId, wish));
        Step<Payment> step = payments.pay(
                acting, orderId, IdempotentWrites.checked(key), hash, means, (dsl, id) -> told(dsl, acting, key, id));
        return switch (step) {
            case Step.Answered<Payment> before -> created(json.readValue(before.body(), Payment.class));
            case Step.Reached<Payment>(Payment payment, URI confirm) ->
                created(payment.isSettled() || confirm == null ? payment : payment.with(confirm.toString()));
        };
    }

    /** What has come to its end is answered the same from now on. */
    private Payment told(DSLContext dsl, Acting acting, String key, UUID id) {
        Payment payment = one(dsl, acting, id);
        if (payment.isSettled()) {
            writes.keep(dsl, key, created(payment));
        }
        return payment;
    }

    private static ResponseEntity<Payment> created(Payment payment) {
        return ResponseEntity.created(URI.create(Api.PREFIX + "/payments/" + payment.id()))
                .body(payment);
    }

    @GetMapping("/orders/{order_id}/payments")
    @OpenTo("student")
    @Operation(summary = "Payments of an order", description = "Each try to pay it, the newest first.")
    Listing<Payment> list(
            Acting acting,
            @PathVariable("order_id") UUID orderId,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        UUID below = Cursor.parse(after).map(cursor -> cursor.uuid(0)).orElse(null);
        List<Payment> found = transactions.read(acting, dsl -> {
            if (dsl.fetchOptional("select from sales.orders where student_id = ? and id = ?", acting.userId(), orderId)
                    .isEmpty()) {
                throw new Refused("not-found");
            }
            return dsl.fetch(
                            Payment.QUERY
                                    + " where student_id = ? and order_id = ? and (?::uuid is null or id < ?::uuid) order by id desc limit ?",
                            acting.userId(),
                            orderId,
                            below,
                            below,
                            limit.rows() + 1)
                    .map(Payment::of);
        });
        return Listing.of(Page.of(found, limit.rows(), payment -> Cursor.of(payment.id())));
    }

    @GetMapping("/payments/{payment_id}")
    @OpenTo("student")
    @Operation(summary = "One of my payments", description = "A pending one is looked after by itself.")
    Payment get(Acting acting, @PathVariable("payment_id") UUID paymentId) {
        return one(acting, paymentId);
    }

    @PostMapping("/payments/{payment_id}/confirmation")
    @OpenTo("student")
    @Operation(
            summary = "Confirm to the demo bank",
            description =
                    "What a card holder does on the bank's page, for the test card that wants it. 404 with another gateway.")
    Payment confirm(Acting acting, @PathVariable("payment_id") UUID paymentId, @RequestBody Confirmation confirmation) {
        one(acting, paymentId);
        payments.confirm(acting, paymentId, confirmation.approved());
        return one(acting, paymentId);
    }

    private Payment one(Acting acting, UUID payment) {
        return transactions.read(acting, dsl -> one(dsl, acting, payment));
    }

    private static Payment one(DSLContext dsl, Acting acting, UUID payment) {
        return dsl.resultQuery(Payment.QUERY + " where student_id = ? and id = ?", acting.userId(), payment)
                .fetchOptional(Payment::of)
                .orElseThrow(() -> new Refused("not-found"));
    }

    /**
     * @param card a test card of the demo gateway; real cards are shown to the real gateway alone
     * @param returnUrl page of the academy, or of an allowed origin, to come back to
     */
    record Wish(
            @Schema(example = "4242 4242 4242 4242") @Nullable
            String card,

            @Schema(example = "/my-learning") String returnUrl) {}

    record Confirmation(Boolean approved) {}
}
