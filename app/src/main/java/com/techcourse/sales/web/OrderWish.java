package com.techcourse.sales.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a student wants to buy.
 *
 * @param country where the buyer is, ISO 3166-1 alpha-2; absent: the country of the account
 */
record OrderWish(
        List<Item> courses,
        @Schema(example = "WELCOME10") @Nullable String couponCode,

        @Schema(example = "DE", pattern = "^[A-Z]{2}$") @Nullable
        String country,

        @Nullable Billing billing) {

    record Item(UUID courseId) {}

    /** What the invoice says of the buyer. */
    record Billing(
            @Schema(maxLength = 200) String name,
            @Schema(maxLength = 500) @Nullable String address,
            @Schema(maxLength = 40) @Nullable String taxId) {}
}
