package com.techcourse.audit.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.api.OpenTo;
import io.swagger.v3.oas.annotations.Operation;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who changed which price, and whether anybody rewrote the log that says so. */
@Api
class PriceChangesApi {

    private final ActingTransactions transactions;
    private final PriceHistory history;
    private final Seals seals;

    PriceChangesApi(ActingTransactions transactions, PriceHistory history, Seals seals) {
        this.transactions = transactions;
        this.history = history;
        this.seals = seals;
    }

    @GetMapping("/audit/price-changes")
    @OpenTo("auditor")
    @Operation(
            summary = "Changes of prices",
            description = "The newest first; of courses whose title holds a text, if wanted.")
    Listing<Change> changes(
            Acting acting,
            @RequestParam(defaultValue = "") String course,
            @RequestParam(required = false) @Nullable String after) {
        return transactions.read(
                acting,
                database -> Listing.of(history.page(database, course.strip(), Cursor.parse(after)), Change::of));
    }

    @GetMapping("/audit/verification")
    @OpenTo("auditor")
    @Operation(
            summary = "Proves that nobody rewrote the change log",
            description = "Reads the whole log against its seals; no fault means that it is as it was written.")
    Verification verification(Acting acting) {
        return transactions.readLong(acting, database -> {
            Seals.Status status = seals.status(database);
            return new Verification(
                    status.count(),
                    status.sealedAt(),
                    seals.verify(database).stream()
                            .map(fault -> new Fault(fault.seal(), fault.fault()))
                            .toList());
        });
    }

    /**
     * @param changedByEmail absent when it was nobody of the academy, or has been erased
     * @param direction {@code up}, {@code down}, {@code same}, or {@code currency} where they cannot be compared
     */
    record Change(
            UUID id,
            OffsetDateTime changedAt,
            UUID courseId,
            @Nullable String courseTitle,
            Money oldPrice,
            Money newPrice,
            String direction,
            @Nullable String changedByEmail,
            @Nullable String actingRole,
            String databaseRole) {

        static Change of(PriceChange change) {
            String before = Objects.requireNonNullElse(change.oldCurrency(), change.currency());
            return new Change(
                    change.id(),
                    change.changedAt(),
                    change.courseId(),
                    change.courseTitle(),
                    new Money(change.oldPrice(), before),
                    new Money(change.newPrice(), change.currency()),
                    change.direction(),
                    change.changedByEmail(),
                    change.actingRole(),
                    change.databaseRole());
        }
    }

    /**
     * @param seals how many there are
     * @param lastSealedAt absent before the first
     * @param faults where log and seals differ
     */
    record Verification(long seals, @Nullable OffsetDateTime lastSealedAt, List<Fault> faults) {}

    record Fault(@Nullable Long seal, String fault) {}
}
