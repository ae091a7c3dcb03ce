package com.techcourse.platform.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * An amount as the API writes it: a decimal string, never a float.
 *
 * @param amount with two decimals
 * @param currency ISO 4217 code
 */
public record Money(
        @Schema(type = "string", pattern = "^-?[0-9]{1,12}\\.[0-9]{2}$", example = "49.50")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @JsonDeserialize(using = Money.Decimal.class)
        BigDecimal amount,

        @Schema(pattern = "^[A-Z]{3}$", example = "EUR") String currency) {

    public Money {
        amount = amount.setScale(2, RoundingMode.UNNECESSARY);
    }

    /** Only the form that is answered is read too: a string, with two decimals. */
    static final class Decimal extends StdDeserializer<BigDecimal> {

        Decimal() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser json, DeserializationContext context) {
            String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : "";
            if (!text.matches("-?[0-9]{1,12}\\.[0-9]{2}")) {
                throw context.weirdStringException(text, BigDecimal.class, "not a decimal string with two decimals");
            }
            return new BigDecimal(text);
        }
    }
}
