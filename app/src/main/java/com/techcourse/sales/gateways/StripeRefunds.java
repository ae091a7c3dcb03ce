package com.techcourse.sales.gateways;

import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.param.RefundCreateParams;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Giving back through Stripe. A try looks first whether an earlier one came through, by the id that our refunds carry,
 * and has a key of its own: keys are forgotten there after a day, and until then a refusal is repeated under its key.
 */
final class StripeRefunds {

    static final String ID = "gateway_refund_id";

    private static final Set<String> CAME_BACK = Set.of("failed", "canceled");

    private final StripeApi api;

    StripeRefunds(StripeApi api) {
        this.api = api;
    }

    GivenBack giveBack(Return wanted) {
        try {
            String payment = payment(wanted);
            Optional<Refund> earlier = api.refundsOf(payment).stream()
                    .filter(refund -> isFor(wanted, refund) && !CAME_BACK.contains(refund.getStatus()))
                    .findFirst();
            return outcome(earlier.isPresent() ? earlier.get() : api.giveBack(request(wanted, payment), key(wanted)));
        } catch (StripeException e) {
            return StripeFailures.givenBack(e);
        }
    }

    private static boolean isFor(Return wanted, Refund refund) {
        Map<String, String> ids = refund.getMetadata();
        return ids != null && wanted.id().toString().equals(ids.get(ID));
    }

    /** A payment is named by its session until it is captured. */
    private String payment(Return wanted) throws StripeException {
        String reference = wanted.paymentReference();
        return reference.startsWith("cs_") ? api.session(reference).getPaymentIntent() : reference;
    }

    static GivenBack outcome(Refund refund) {
        return switch (refund.getStatus()) {
            case "succeeded" -> new GivenBack.Done(refund.getId());
            case "failed", "canceled" ->
                new GivenBack.Refused(
                        refund.getFailureReason() == null ? refund.getStatus() : refund.getFailureReason());
            default -> new GivenBack.Underway(refund.getId());
        };
    }

    private static RefundCreateParams request(Return wanted, String payment) {
        return RefundCreateParams.builder()
                .setPaymentIntent(payment)
                .setAmount(MinorUnits.of(wanted.money()))
                .putMetadata(ID, wanted.id().toString())
                .putMetadata("student_id", wanted.student().toString())
                .putMetadata("payment_id", wanted.payment().toString())
                .build();
    }

    /** The client repeats a request that gets lost on the way under the same key; the next try looks first. */
    private static String key(Return wanted) {
        return wanted.id() + "-" + wanted.tries();
    }
}
