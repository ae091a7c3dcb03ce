package com.techcourse.sales.web;

import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refuses;
import com.techcourse.sales.gateways.StripeEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Where Stripe tells what happened; configured there as a webhook endpoint. */
@Api
class StripeEventsApi {

    private final StripeEvents events;

    StripeEventsApi(StripeEvents events) {
        this.events = events;
    }

    @PostMapping("/payments/stripe/events")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo(OpenTo.EVERYONE)
    @Refuses({"not-found", "wrong-signature", "malformed-request", "too-large"})
    @Operation(
            summary = "Events of Stripe",
            description =
                    "For Stripe alone, by its signature. An event that comes again is answered 204 and does nothing; 404 where Stripe is not configured.",
            requestBody =
                    @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(type = "object"))))
    void take(
            @RequestHeader(name = "Stripe-Signature", required = false) @Nullable String signature,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        events.take(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8), signature);
    }
}
