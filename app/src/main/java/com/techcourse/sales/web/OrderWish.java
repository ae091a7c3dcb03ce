package com.techcourse.sales.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a student wants to buy.
 *
 * @param purpose self (enrols me), gift (one seat of each course for somebody) or team (seats of an organisation); absent: self
 * @param gift to whom, for the purpose gift
 * @param organisationId whose seats they are, for the purpose team; I manage them
 * @param country where the buyer is, ISO 3166-1 alpha-2; absent: the country of the account
 */
record OrderWish(
        List<Item> courses,

        @Schema(
                allowableValues = {"self", "gift", "team"},
                example = "self")
        @Nullable
        String purpose,

        @Nullable Gift gift,
        @Nullable UUID organisationId,
        @Schema(example = "WELCOME10") @Nullable String couponCode,

        @Schema(example = "DE", pattern = "^[A-Z]{2}$") @Nullable
        String country,

        @Nullable Billing billing) {

    /** @param quantity seats of a team, 1 to 1000; absent: 1 */
    record Item(
            UUID courseId,

            @Schema(minimum = "1", maximum = "1000", example = "1") @Nullable
            Integer quantity) {}

    /** What the invoice says of the buyer. */
    record Billing(
            @Schema(maxLength = 200) String name,
            @Schema(maxLength = 500) @Nullable String address,
            @Schema(maxLength = 40) @Nullable String taxId) {}
}
