package com.techcourse.sales.gateways;

import com.stripe.exception.StripeException;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import com.techcourse.platform.api.Refused;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;

/**
 * Stripe: the buyer pays on its page (Checkout), so that no card number ever comes here. What a session or payment has
 * become is looked up there; nothing is believed that was only told.
 */
final class StripeGateway implements Gateway {

    static final String NAME = "stripe";

    /** Stripe wants at least half an hour, counted from the request; a lost one may be repeated for as long. */
    private static final Duration SESSION = Duration.ofHours(1);

    /** A session that Stripe does not know after this time is one of another account. */
    private static final Duration FORGOTTEN = Duration.ofDays(2);

    private static final int LONGEST_TITLE = 240;

    private final StripeApi api;
    private final StripeRefunds refunds;

    StripeGateway(StripeApi api) {
        this.api = api;
        this.refunds = new StripeRefunds(api);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void check(Means means) {
        if (means.card() != null) {
            throw new Refused("invalid-value", "Cards are shown to Stripe, never to the academy.", "card");
        }
    }

    @Override
    public Answer ask(Due due) {
        if (isNamed(due)) {
            return look(due);
        }
        try {
            return StripeAnswers.of(api.open(session(due), due.payment().toString()));
        } catch (ArithmeticException e) {
            return new Answer.Declined(null, "amount_not_payable");
        } catch (StripeException e) {
            return StripeFailures.asked(e);
        }
    }

    @Override
    public Answer look(Due due) {
        try {
            if (due.reference().startsWith("pi_")) {
                return StripeAnswers.of(api.payment(due.reference()));
            }
            return isNamed(due) ? StripeAnswers.of(api.session(due.reference())) : neverArrived(due);
        } catch (StripeException e) {
            boolean lost = "resource_missing".equals(e.getCode()) && isOver(due, FORGOTTEN);
            return lost ? new Answer.Declined(null, "unknown_to_gateway") : StripeFailures.looked(e, due.reference());
        }
    }

    private static boolean isNamed(Due due) {
        return due.reference().startsWith("cs_") || due.reference().startsWith("pi_");
    }

    /** Nobody was ever told where to pay, so nobody can; its session, if there is one, has ended by then. */
    private static Answer neverArrived(Due due) {
        return isOver(due, SESSION) ? new Answer.Declined(null, "never_arrived") : new Answer.Waiting(null);
    }

    private static boolean isOver(Due due, Duration patience) {
        return OffsetDateTime.now().isAfter(due.begunAt().plus(patience));
    }

    @Override
    public GivenBack giveBack(Return wanted) {
        return refunds.giveBack(wanted);
    }

    /** The same for each try, or else Stripe refuses the repeated key. */
    private static SessionCreateParams session(Due due) {
        Map<String, String> ids = Map.of(
                "student_id", due.student().toString(),
                "order_id", due.order().toString(),
                "payment_id", due.payment().toString());
        URI back = Objects.requireNonNull(due.means().returnUrl(), "where the buyer comes back to");
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setClientReferenceId(due.payment().toString())
                .putAllMetadata(ids)
                .setPaymentIntentData(
                        PaymentIntentData.builder().putAllMetadata(ids).build())
                .setExpiresAt(due.begunAt().plus(SESSION).toEpochSecond())
                .setSuccessUrl(back.toString())
                .setCancelUrl(back.toString())
                .addLineItem(LineItem.builder()
                        .setQuantity(1L)
                        .setPriceData(price(due))
                        .build())
                .build();
    }

    private static PriceData price(Due due) {
        String title = String.join(", ", due.titles());
        return PriceData.builder()
                .setCurrency(due.money().currency().toLowerCase(java.util.Locale.ROOT))
                .setUnitAmount(MinorUnits.of(due.money()))
                .setProductData(PriceData.ProductData.builder()
                        .setName(title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE) + " .." : title)
                        .build())
                .build();
    }
}
