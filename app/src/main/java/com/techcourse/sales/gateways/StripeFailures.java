package com.techcourse.sales.gateways;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What it means that Stripe did not answer as wished: either it surely did nothing, or nobody knows. Its sentences may
 * hold a part of the key, so only kinds, codes and the number of the request are logged.
 */
final class StripeFailures {

    private static final Logger LOG = LoggerFactory.getLogger(StripeFailures.class);

    private StripeFailures() {}

    static Answer asked(StripeException failure) {
        log(failure);
        return switch (failure) {
            case CardException declined -> new Answer.Declined(null, code(declined));
            case InvalidRequestException refused when isFinal(refused) -> new Answer.Declined(null, code(refused));
            case AuthenticationException _ -> throw new GatewayClosed();
            default -> new Answer.Waiting(null);
        };
    }

    static Answer looked(StripeException failure, String reference) {
        log(failure);
        return new Answer.Waiting(reference);
    }

    static GivenBack givenBack(StripeException failure) {
        log(failure);
        return new GivenBack.Refused(failure.getCode() == null ? kind(failure) : failure.getCode());
    }

    /** 409 says that the same request is being worked on at this moment. */
    private static boolean isFinal(InvalidRequestException refused) {
        return refused.getStatusCode() != null && refused.getStatusCode() != 409 && refused.getStatusCode() != 429;
    }

    static void log(StripeException failure) {
        LOG.warn("Stripe: {}, code {}, request {}", kind(failure), failure.getCode(), failure.getRequestId());
    }

    private static String code(StripeException failure) {
        return failure.getCode() == null ? "not_accepted" : failure.getCode();
    }

    private static String kind(StripeException failure) {
        return switch (failure) {
            case ApiConnectionException _ -> "no answer";
            case IdempotencyException _ -> "key used for another request";
            case ApiException _ -> "status " + failure.getStatusCode();
            default -> failure.getClass().getSimpleName() + ", status " + failure.getStatusCode();
        };
    }
}
