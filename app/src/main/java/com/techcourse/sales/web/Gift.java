package com.techcourse.sales.web;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * For whom a gift is.
 *
 * @param recipientEmail where the letter goes; an account is not needed yet
 * @param message in the letter, at most 1000 characters, without links
 */
record Gift(
        @Schema(example = "friend@example.org", maxLength = 254)
        String recipientEmail,

        @Schema(example = "Happy birthday!", maxLength = 1000) @Nullable
        String message) {}
