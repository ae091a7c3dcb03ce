package com.techcourse.platform.webhooks;

import static com.techcourse.jooq.platform.Tables.EVENTS;
import static com.techcourse.jooq.platform.Tables.WEBHOOKS;
import static com.techcourse.jooq.platform.Tables.WEBHOOK_DELIVERIES;
import static com.techcourse.jooq.platform.Tables.WEBHOOK_TRIES;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What was sent to a receiver, what it answered, and sending it again. */
@Api
class WebhookDeliveriesApi {

    private final ActingTransactions transactions;

    WebhookDeliveriesApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/webhooks/{id}/deliveries")
    @OpenTo("admin")
    @Operation(summary = "What a receiver was sent", description = "The newest event first; kept for a month.")
    Listing<Delivery> list(
            Acting acting,
            @PathVariable UUID id,
            @RequestParam(required = false) @Schema(allowableValues = {"waiting", "delivered", "failed"}) @Nullable
                    String state,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Condition wanted = state == null ? DSL.noCondition() : WEBHOOK_DELIVERIES.STATE.eq(state);
        return transactions.read(acting, database -> {
            WebhooksApi.found(
                    database.selectFrom(WEBHOOKS).where(WEBHOOKS.ID.eq(id)).fetchOne());
            List<Delivery> found = database.select(
                            EVENTS.ID,
                            EVENTS.SEQUENCE_NO,
                            EVENTS.TOPIC,
                            EVENTS.SUBJECT_ID,
                            EVENTS.OCCURRED_AT,
                            WEBHOOK_DELIVERIES.STATE,
                            WEBHOOK_DELIVERIES.TRIES,
                            WEBHOOK_DELIVERIES.NEXT_TRY_AT,
                            WEBHOOK_DELIVERIES.FINISHED_AT)
                    .from(WEBHOOK_DELIVERIES)
                    .join(EVENTS)
                    .on(EVENTS.ID.eq(WEBHOOK_DELIVERIES.EVENT_ID))
                    .where(WEBHOOK_DELIVERIES.WEBHOOK_ID.eq(id))
                    .and(wanted)
                    .and(Cursor.parse(after)
                            .map(cursor ->
                                    EVENTS.SEQUENCE_NO.lt(cursor.number(0).longValue()))
                            .orElseGet(DSL::noCondition))
                    .orderBy(EVENTS.SEQUENCE_NO.desc())
                    .limit(limit.rows() + 1)
                    .fetch(org.jooq.Records.mapping(Delivery::new));
            return Listing.of(Page.of(found, limit.rows(), delivery -> Cursor.of(delivery.sequence())));
        });
    }

    @GetMapping("/webhooks/{id}/deliveries/{event}/tries")
    @OpenTo("admin")
    @Operation(summary = "Each try of a delivery", description = "The latest first.")
    Listing<Try> tries(Acting acting, @PathVariable UUID id, @PathVariable UUID event) {
        return transactions.read(acting, database -> {
            WebhooksApi.found(database.selectFrom(WEBHOOK_DELIVERIES)
                    .where(WEBHOOK_DELIVERIES.WEBHOOK_ID.eq(id))
                    .and(WEBHOOK_DELIVERIES.EVENT_ID.eq(event))
                    .fetchOne());
            return new Listing<>(
                    database.selectFrom(WEBHOOK_TRIES)
                            .where(WEBHOOK_TRIES.WEBHOOK_ID.eq(id))
                            .and(WEBHOOK_TRIES.EVENT_ID.eq(event))
                            .orderBy(WEBHOOK_TRIES.ID.desc())
                            .limit(Limit.MOST)
                            .fetch(row ->
                                    new Try(row.getTriedAt(), row.getStatus(), row.getDurationMs(), row.getError())),
                    null);
        });
    }

    @PostMapping("/webhooks/{id}/deliveries/{event}/replay")
    @OpenTo("admin")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Send an event again", description = "Under the same id, whether it was taken or not.")
    Ordered replay(Acting acting, @PathVariable UUID id, @PathVariable UUID event) {
        long ordered = again(acting, id, event, null, null);
        if (ordered == 0) {
            throw new Refused("not-found");
        }
        return new Ordered(ordered);
    }

    @PostMapping("/webhooks/{id}/replay")
    @OpenTo("admin")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Send the events of a time again",
            description =
                    "From a moment until before another, at most the last month; also those from before it subscribed.")
    Ordered replayAll(Acting acting, @PathVariable UUID id, @RequestBody Period period) {
        transactions.read(
                acting,
                database -> WebhooksApi.found(
                        database.selectFrom(WEBHOOKS).where(WEBHOOKS.ID.eq(id)).fetchOne()));
        return new Ordered(again(acting, id, null, period.from(), period.until()));
    }

    @PostMapping("/webhooks/{id}/ping")
    @OpenTo("admin")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Send a test", description = "The event webhook.ping.v1, to this receiver alone.")
    Ping ping(Acting acting, @PathVariable UUID id) {
        return new Ping(WebhooksApi.found(transactions.write(
                acting,
                database -> database.fetchValue(DSL.field("platform.ping_webhook({0})", UUID.class, DSL.val(id))))));
    }

    private long again(
            Acting acting,
            UUID webhook,
            @Nullable UUID event,
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime until) {
        return transactions.write(
                acting,
                database -> Objects.requireNonNull(database.fetchValue(DSL.field(
                        "platform.send_again({0}, {1}, {2}, {3})",
                        Long.class,
                        DSL.val(webhook),
                        DSL.val(event, UUID.class),
                        DSL.val(from, OffsetDateTime.class),
                        DSL.val(until, OffsetDateTime.class)))));
    }

    /**
     * @param eventId the header {@code webhook-id}
     * @param sequence in the order in which events were collected
     * @param subjectId the thing that the event is about
     * @param tries since it was last ordered
     */
    record Delivery(
            UUID eventId,
            long sequence,
            String topic,
            UUID subjectId,
            OffsetDateTime occurredAt,

            @Schema(allowableValues = {"waiting", "delivered", "failed"})
            String state,

            int tries,
            OffsetDateTime nextTryAt,
            @Nullable OffsetDateTime finishedAt) {}

    /**
     * @param status of the answer, where there was one
     * @param error why there was none
     */
    record Try(
            OffsetDateTime triedAt,
            @Nullable Integer status,
            int durationMs,
            @Nullable String error) {}

    /** From a moment, until before another. */
    record Period(OffsetDateTime from, OffsetDateTime until) {}

    /** @param deliveries how many are sent */
    record Ordered(long deliveries) {}

    /** @param eventId the header {@code webhook-id} of what is sent */
    record Ping(UUID eventId) {}
}
