package com.techcourse.sales.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to buy.
 *
 * @param purpose self (default), gift or team
 * @param country where the buyer is, ISO 3166-1 alpha-2; absent: the country of the account
 */
record OrderWish(
        @Schema(allowableValues = {"self", "gift", "team"}) @Nullable
        String purpose,

        List<Item> courses,
        @Schema(example = "WELCOME10") @Nullable String couponCode,

        @Schema(example = "DE", pattern = "^[A-Z]{2}$") @Nullable
        String country,

        @Nullable Gift gift,
        @Nullable UUID organizationId,
        @Nullable Billing billing) {

    /** @param quantity seats, for a team; otherwise 1 */
    record Item(
            UUID courseId,

            @Schema(minimum = "1", maximum = "1000") @Nullable
            Integer quantity) {}

    /** For whom a gift is. */
    record Gift(
            @Schema(example = "friend@example.org", maxLength = 254)
            String recipientEmail,

            @Schema(maxLength = 500) @Nullable String message) {}

    /** What the invoice says of the buyer. */
    record Billing(
            @Schema(maxLength = 200) String name,
            @Schema(maxLength = 500) @Nullable String address,
            @Schema(maxLength = 40) @Nullable String taxId) {}
}
