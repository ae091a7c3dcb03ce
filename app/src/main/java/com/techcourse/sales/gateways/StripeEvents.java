package com.techcourse.sales.gateways;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.checkout.Session;
import com.stripe.net.Webhook;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Stripe tells by itself. An event only says where to look: the truth of this moment is asked of Stripe, so that
 * events may come twice, late or in any order.
 */
@Component
public class StripeEvents {

    private static final Logger LOG = LoggerFactory.getLogger(StripeEvents.class);

    /** Older events are somebody's recording; Stripe signs anew when it sends again. */
    private static final long TOLERANCE_SECONDS = 300;

    private final StripeSettings settings;
    private final ObjectProvider<StripeApi> api;
    private final ActingTransactions transactions;
    private final Settlements settlements;

    StripeEvents(
            StripeSettings settings,
            ObjectProvider<StripeApi> api,
            ActingTransactions transactions,
            Settlements settlements) {
        this.settings = settings;
        this.api = api;
        this.transactions = transactions;
        this.settlements = settlements;
    }

    /** Believes nothing without the signature; fails, so that Stripe sends again, while the truth cannot be asked. */
    public void take(String body, @Nullable String signature) {
        if (!settings.areGiven()) {
            throw new Refused("not-found");
        }
        verify(body, signature);
        JsonNode event = read(body);
        String id = event.path("id").asString("");
        String kind = event.path("type").asString("");
        if (!asked("select sales.begin_gateway_event(?, ?, ?)", StripeGateway.NAME, id, kind)) {
            return;
        }
        try {
            handle(event.path("data").path("object"));
        } catch (StripeException e) {
            StripeFailures.log(e);
            throw new Refused("try-again");
        }
        asked("select sales.end_gateway_event(?, ?)", StripeGateway.NAME, id);
    }

    private void verify(String body, @Nullable String signature) {
        try {
            Webhook.Signature.verifyHeader(
                    body, signature == null ? "" : signature, settings.webhookSecret(), TOLERANCE_SECONDS);
        } catch (SignatureVerificationException _) {
            throw new Refused("wrong-signature");
        }
    }

    private static JsonNode read(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException _) {
            throw new Refused("malformed-request");
        }
    }

    private void handle(JsonNode told) throws StripeException {
        String id = told.path("id").asString("");
        switch (told.path("object").asString("")) {
            case "checkout.session" -> session(api.getObject().session(id));
            case "refund" -> refund(api.getObject().refund(id));
            case "dispute" -> dispute(api.getObject().dispute(id));
            default -> {
                // not asked for
            }
        }
    }

    private record Found(UUID student, UUID payment) {}

    /** Its answer may have got lost, so that we do not know it yet; but it carries our ids. */
    private void session(Session session) {
        Optional<Found> ours = known(session.getId()).or(() -> named(session.getMetadata(), "payment_id"));
        if (ours.isEmpty()) {
            LOG.warn("Stripe tells of the session {}, which is none of ours", session.getId());
        }
        ours.ifPresent(found ->
                settlements.settle(Acting.visitor(), found.student(), found.payment(), StripeAnswers.of(session)));
    }

    private void refund(Refund refund) {
        Optional<Found> ours = named(refund.getMetadata(), StripeRefunds.ID);
        if (ours.isEmpty()) {
            LOG.warn("Stripe tells of the refund {}, which the academy did not ask for", refund.getId());
        }
        ours.ifPresent(found -> {
            switch (StripeRefunds.outcome(refund)) {
                case GivenBack.Done done ->
                    asked("select sales.given_back(?, ?, ?)", found.student(), found.payment(), done.reference());
                case GivenBack.Refused refused ->
                    asked(
                            "select sales.came_back(?, ?, ?, ?)",
                            found.student(),
                            found.payment(),
                            refund.getId(),
                            refused.reason());
                case GivenBack.Underway _ -> {
                    // nothing new
                }
            }
        });
    }

    /** A question of the bank alone takes nothing yet. */
    private void dispute(Dispute dispute) throws StripeException {
        boolean taken = dispute.getBalanceTransactions().stream().anyMatch(booked -> booked.getAmount() < 0);
        if (!taken) {
            return;
        }
        PaymentIntent payment = api.getObject().payment(dispute.getPaymentIntent());
        Optional<Found> ours = known(payment.getId()).or(() -> named(payment.getMetadata(), "payment_id"));
        if (ours.isEmpty() || "won".equals(dispute.getStatus())) {
            LOG.error("The dispute {} at Stripe ({}) is for people to look at", dispute.getId(), dispute.getStatus());
        }
        ours.ifPresent(found -> asked(
                "select sales.charge_back(?, ?, ?, ?, ?::numeric, ?::timestamptz)",
                found.student(),
                found.payment(),
                dispute.getId(),
                MinorUnits.money(dispute.getAmount(), dispute.getCurrency()).amount(),
                fee(dispute),
                StripeAnswers.time(dispute.getCreated())));
    }

    private static java.math.@Nullable BigDecimal fee(Dispute dispute) {
        boolean same = dispute.getBalanceTransactions().stream()
                .allMatch(booked -> dispute.getCurrency().equals(booked.getCurrency()));
        long fees = dispute.getBalanceTransactions().stream()
                .mapToLong(booked -> booked.getFee())
                .sum();
        return same && fees > 0 ? MinorUnits.money(fees, dispute.getCurrency()).amount() : null;
    }

    private Optional<Found> known(String reference) {
        return transactions.read(
                Acting.visitor(),
                dsl -> dsl.resultQuery("select * from sales.find_payment(?, ?)", StripeGateway.NAME, reference)
                        .fetchOptional(row ->
                                new Found(row.get("student_id", UUID.class), row.get("payment_id", UUID.class))));
    }

    private static Optional<Found> named(@Nullable Map<String, String> ids, String of) {
        if (ids == null || !ids.containsKey("student_id") || !ids.containsKey(of)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Found(UUID.fromString(ids.get("student_id")), UUID.fromString(ids.get(of))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private boolean asked(String question, @Nullable Object... values) {
        return transactions.write(Acting.visitor(), dsl -> Boolean.TRUE.equals(dsl.fetchValue(question, values)));
    }
}
