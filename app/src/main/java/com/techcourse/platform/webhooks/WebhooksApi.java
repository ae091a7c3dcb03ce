package com.techcourse.platform.webhooks;

import static com.techcourse.jooq.platform.Tables.WEBHOOKS;

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
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Receivers of events, kept by admins. */
@Api
class WebhooksApi {

    private final ActingTransactions transactions;
    private final Deliveries deliveries;
    private final Signatures signatures;

    WebhooksApi(ActingTransactions transactions, Deliveries deliveries, Signatures signatures) {
        this.transactions = transactions;
        this.deliveries = deliveries;
        this.signatures = signatures;
    }

    @GetMapping("/webhooks")
    @OpenTo("admin")
    @Operation(summary = "All receivers", description = "The newest first.")
    Listing<Webhook> list(
            Acting acting,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return transactions.read(acting, database -> {
            List<Webhook> found = database.selectFrom(WEBHOOKS)
                    .where(Cursor.parse(after)
                            .map(cursor -> WEBHOOKS.ID.lt(cursor.uuid(0)))
                            .orElseGet(DSL::noCondition))
                    .orderBy(WEBHOOKS.ID.desc())
                    .limit(limit.rows() + 1)
                    .fetch(Webhook::of);
            return Listing.of(Page.of(found, limit.rows(), webhook -> Cursor.of(webhook.id())));
        });
    }

    @PostMapping("/webhooks")
    @OpenTo("admin")
    @Refuses("secrets-unavailable")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Add a receiver",
            description = "The secret is told once: it signs what is sent (HMAC-SHA256, Standard Webhooks).")
    Created add(Acting acting, @RequestBody NewWebhook webhook) {
        String url = Webhook.address(webhook.url(), deliveries.isLoopbackAllowed());
        return transactions.write(acting, database -> {
            Webhook added = Webhook.of(Objects.requireNonNull(database.insertInto(WEBHOOKS)
                    .set(WEBHOOKS.URL, url)
                    .set(WEBHOOKS.DESCRIPTION, Objects.requireNonNullElse(webhook.description(), ""))
                    .set(WEBHOOKS.TOPICS, webhook.topics().toArray(String[]::new))
                    .set(WEBHOOKS.CREATED_BY, acting.userId())
                    .returning()
                    .fetchOne()));
            return new Created(added, secret(database, added.id()));
        });
    }

    @GetMapping("/webhooks/{id}")
    @OpenTo("admin")
    @Operation(summary = "One receiver", description = "Without its secret, which nobody can read again.")
    Webhook one(Acting acting, @PathVariable UUID id) {
        return transactions.read(
                acting,
                database -> found(
                        database.selectFrom(WEBHOOKS).where(WEBHOOKS.ID.eq(id)).fetchOne(Webhook::of)));
    }

    @PatchMapping("/webhooks/{id}")
    @OpenTo("admin")
    @Operation(
            summary = "Change a receiver",
            description = "Only what is named changes. active: true also ends a pause after failures.")
    Webhook change(Acting acting, @PathVariable UUID id, @RequestBody Change change) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        if (change.url() != null) {
            values.put(WEBHOOKS.URL, Webhook.address(change.url(), deliveries.isLoopbackAllowed()));
        }
        if (change.description() != null) {
            values.put(WEBHOOKS.DESCRIPTION, change.description());
        }
        if (change.topics() != null) {
            values.put(WEBHOOKS.TOPICS, change.topics().toArray(String[]::new));
        }
        if (change.active() != null) {
            values.put(WEBHOOKS.ACTIVE, change.active());
            values.put(WEBHOOKS.FAILING_FROM, null);
            values.put(WEBHOOKS.DISABLED_AT, null);
        }
        if (values.isEmpty()) {
            return one(acting, id);
        }
        return transactions.write(
                acting,
                database -> found(database.update(WEBHOOKS)
                        .set(values)
                        .where(WEBHOOKS.ID.eq(id))
                        .returning()
                        .fetchOne(Webhook::of)));
    }

    @DeleteMapping("/webhooks/{id}")
    @OpenTo("admin")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a receiver", description = "With its secrets and the log of its deliveries.")
    void remove(Acting acting, @PathVariable UUID id) {
        int removed = transactions.write(
                acting,
                database ->
                        database.deleteFrom(WEBHOOKS).where(WEBHOOKS.ID.eq(id)).execute());
        if (removed == 0) {
            throw new Refused("not-found");
        }
    }

    @PostMapping("/webhooks/{id}/secret")
    @OpenTo("admin")
    @Refuses("secrets-unavailable")
    @Operation(
            summary = "A new secret",
            description = "Told once. For a day everything is signed with the old one as well.")
    NewSecret rotate(Acting acting, @PathVariable UUID id) {
        return transactions.write(acting, database -> {
            found(database.selectFrom(WEBHOOKS)
                    .where(WEBHOOKS.ID.eq(id))
                    .forUpdate()
                    .fetchOne());
            return new NewSecret(secret(database, id));
        });
    }

    private String secret(DSLContext database, UUID webhook) {
        byte[] secret = Signatures.freshSecret();
        database.execute(
                "select platform.keep_webhook_secret(?, ?, interval '1 day')",
                webhook,
                signatures.sealed(secret, webhook));
        return Signatures.text(secret);
    }

    static <T> T found(@Nullable T row) {
        if (row == null) {
            throw new Refused("not-found");
        }
        return row;
    }

    /** @param topics names from the catalog of events */
    record NewWebhook(
            @Schema(example = "https://example.org/events") String url,
            @Nullable String description,
            @Schema(example = "[\"enrollment.created.v1\"]") List<String> topics) {}

    /** Of a receiver. */
    record Change(
            @Nullable String url,
            @Nullable String description,
            @Nullable List<String> topics,
            @Nullable Boolean active) {}

    /** @param secret to verify signatures with; told this once */
    record Created(Webhook webhook, String secret) {}

    /** @param secret to verify signatures with; told this once */
    record NewSecret(String secret) {}
}
