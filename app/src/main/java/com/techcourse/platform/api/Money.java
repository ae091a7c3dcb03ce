package com.techcourse.platform.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount as the API writes it: a decimal string, never a float.
 *
 * @param amount with two decimals
 * @param currency ISO 4217 code
 */
public record Money(
        @Schema(type = "string", pattern = "^-?[0-9]{1,12}\\.[0-9]{2}$", example = "49.50")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal amount,

        @Schema(pattern = "^[A-Z]{3}$", example = "EUR") String currency) {

    public Money {
        amount = amount.setScale(2, RoundingMode.UNNECESSARY);
    }
}
