package com.techcourse.sales.gateways;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects of the server of the tests, and what buyers and banks do to them. */
final class StripeObjects {

    private static final long FEE_OF = 29;

    final Map<String, ObjectNode> sessions = new ConcurrentHashMap<>();
    final Map<String, ObjectNode> payments = new ConcurrentHashMap<>();
    final Map<String, ObjectNode> refunds = new ConcurrentHashMap<>();
    final Map<String, ObjectNode> disputes = new ConcurrentHashMap<>();
    /** How the next refunds end, instead of {@code succeeded}: {@code pending}, {@code failed}, or {@code refused}. */
    final Queue<String> nextRefunds = new ConcurrentLinkedQueue<>();

    private final AtomicInteger numbers = new AtomicInteger(1000);

    ObjectNode open(Map<String, String> wanted) {
        long now = System.currentTimeMillis() / 1000;
        if (Long.parseLong(wanted.getOrDefault("expires_at", "0")) < now + 1800) {
            return error("invalid_request_error", "parameter_invalid_integer");
        }
        ObjectNode session = made("cs_test_a1", "checkout.session");
        long amount = Long.parseLong(wanted.get("line_items[0][price_data][unit_amount]"));
        String currency = wanted.get("line_items[0][price_data][currency]");
        session.put("amount_subtotal", amount).put("amount_total", amount).put("currency", currency);
        session.put("client_reference_id", wanted.get("client_reference_id"));
        session.put("success_url", wanted.get("success_url")).put("cancel_url", wanted.get("cancel_url"));
        session.put("expires_at", Long.parseLong(wanted.get("expires_at")));
        session.put("mode", wanted.get("mode"))
                .put("status", "open")
                .put("payment_status", "unpaid")
                .putNull("payment_intent");
        session.put("url", "https://checkout.stripe.com/c/pay/" + id(session));
        session.set("metadata", metadata(wanted, "metadata"));
        session.set("payment_intent_metadata", metadata(wanted, "payment_intent_data[metadata]"));
        sessions.put(id(session), session);
        return session;
    }

    private static ObjectNode metadata(Map<String, String> wanted, String prefix) {
        ObjectNode metadata = JsonMapper.shared().createObjectNode();
        wanted.forEach((name, value) -> {
            if (name.startsWith(prefix + "[")) {
                metadata.put(name.substring(prefix.length() + 1, name.length() - 1), value);
            }
        });
        return metadata;
    }

    /** The buyer pays with a card. */
    ObjectNode pay(String session) {
        return end(session, "succeeded", "paid");
    }

    /** The buyer chooses a way that takes days. */
    ObjectNode payLater(String session) {
        return end(session, "processing", "unpaid");
    }

    private ObjectNode end(String session, String status, String paymentStatus) {
        ObjectNode object = existing(sessions, session);
        ObjectNode payment = made("pi_3", "payment_intent");
        long amount = object.path("amount_total").asLong();
        payment.put("amount", amount).put("currency", object.path("currency").asString());
        payment.put("amount_received", status.equals("succeeded") ? amount : 0).put("status", status);
        payment.set("metadata", object.path("payment_intent_metadata"));
        payment.putNull("latest_charge").putNull("last_payment_error").put("capture_method", "automatic_async");
        payments.put(id(payment), payment);
        object.put("payment_intent", id(payment)).put("status", "complete").put("payment_status", paymentStatus);
        object.putNull("url");
        if (status.equals("succeeded")) {
            charge(payment);
        }
        return object;
    }

    /** The bank of a buyer who pays later has decided. */
    ObjectNode decide(String session, boolean paid) {
        ObjectNode object = existing(sessions, session);
        ObjectNode payment = existing(payments, object.path("payment_intent").asString());
        if (paid) {
            payment.put("status", "succeeded")
                    .put("amount_received", payment.path("amount").asLong());
            object.put("payment_status", "paid");
            charge(payment);
        } else {
            payment.put("status", "requires_payment_method");
            payment.putObject("last_payment_error")
                    .put("type", "card_error")
                    .put("code", "card_declined")
                    .put("decline_code", "insufficient_funds");
        }
        return object;
    }

    private void charge(ObjectNode payment) {
        long amount = payment.path("amount").asLong();
        String currency = payment.path("currency").asString();
        ObjectNode charge = made("ch_3", "charge");
        charge.put("amount", amount).put("amount_captured", amount).put("amount_refunded", 0);
        charge.put("currency", currency).put("payment_intent", id(payment));
        charge.put("captured", true)
                .put("paid", true)
                .put("status", "succeeded")
                .put("disputed", false);
        ObjectNode booked = made("txn_3", "balance_transaction");
        booked.put("amount", amount)
                .put("currency", currency)
                .put("fee", FEE_OF)
                .put("net", amount - FEE_OF);
        booked.put("type", "charge")
                .put("status", "pending")
                .putNull("exchange_rate")
                .put("source", id(charge));
        charge.set("balance_transaction", booked);
        payment.set("latest_charge", charge);
    }

    ObjectNode expire(String session) {
        return existing(sessions, session).put("status", "expired").putNull("url");
    }

    ObjectNode giveBack(Map<String, String> wanted) {
        String status = java.util.Objects.requireNonNullElse(nextRefunds.poll(), "succeeded");
        ObjectNode payment = payments.get(wanted.get("payment_intent"));
        long amount = Long.parseLong(wanted.get("amount"));
        if (status.equals("refused") || payment == null || amount > left(payment)) {
            return error(
                    "invalid_request_error",
                    status.equals("refused") ? "balance_insufficient" : "charge_already_refunded");
        }
        ObjectNode refund = made("re_3", "refund");
        refund.put("amount", amount).put("currency", payment.path("currency").asString());
        refund.put("payment_intent", id(payment)).put("status", status);
        refund.set("metadata", metadata(wanted, "metadata"));
        if (status.equals("failed")) {
            refund.put("failure_reason", "lost_or_stolen_card");
        }
        refunds.put(id(refund), refund);
        return refund;
    }

    private long left(ObjectNode payment) {
        return payment.path("amount_received").asLong()
                - refunds.values().stream()
                        .filter(refund ->
                                refund.path("payment_intent").asString().equals(id(payment)))
                        .filter(refund -> !refund.path("status").asString().equals("failed"))
                        .mapToLong(refund -> refund.path("amount").asLong())
                        .sum();
    }

    /** The buyer's bank takes the money back, and Stripe a fee for it. */
    ObjectNode dispute(String payment) {
        ObjectNode paid = existing(payments, payment);
        ObjectNode dispute = made("du_1", "dispute");
        dispute.put("amount", paid.path("amount").asLong())
                .put("currency", paid.path("currency").asString());
        dispute.put("charge", paid.path("latest_charge").path("id").asString()).put("payment_intent", payment);
        dispute.put("reason", "fraudulent").put("status", "needs_response").put("is_charge_refundable", false);
        ArrayNode booked = dispute.putArray("balance_transactions");
        ObjectNode withdrawn = made("txn_3", "balance_transaction");
        withdrawn
                .put("amount", -paid.path("amount").asLong())
                .put("currency", paid.path("currency").asString());
        withdrawn
                .put("fee", 1500)
                .put("net", -paid.path("amount").asLong() - 1500)
                .put("type", "adjustment");
        withdrawn.put("reporting_category", "dispute");
        booked.add(withdrawn);
        disputes.put(id(dispute), dispute);
        return dispute;
    }

    @Nullable
    ObjectNode session(String id, boolean whole) {
        ObjectNode session = sessions.get(id);
        if (session == null) {
            return null;
        }
        ObjectNode told = session.deepCopy();
        told.remove("payment_intent_metadata");
        if (whole && session.path("payment_intent").isString()) {
            told.set(
                    "payment_intent",
                    payments.get(session.path("payment_intent").asString()));
        }
        return told;
    }

    @Nullable
    ObjectNode payment(String id, boolean whole) {
        ObjectNode payment = payments.get(id);
        if (payment == null || whole || !payment.path("latest_charge").isObject()) {
            return payment;
        }
        ObjectNode told = payment.deepCopy();
        told.put("latest_charge", payment.path("latest_charge").path("id").asString());
        return told;
    }

    ObjectNode refundsOf(String payment) {
        ObjectNode list = JsonMapper.shared().createObjectNode();
        list.put("object", "list").put("url", "/v1/refunds").put("has_more", false);
        ArrayNode data = list.putArray("data");
        refunds.values().stream()
                .filter(refund -> refund.path("payment_intent").asString().equals(payment))
                .forEach(data::add);
        return list;
    }

    static ObjectNode error(String type, @Nullable String code) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        ObjectNode error = body.putObject("error").put("type", type);
        error.put("message", "What Stripe says of " + code);
        if (code != null) {
            error.put("code", code);
        }
        return body;
    }

    static ObjectNode existing(Map<String, ObjectNode> objects, String id) {
        return java.util.Objects.requireNonNull(objects.get(id), id);
    }

    private ObjectNode made(String prefix, String kind) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", prefix + numbers.incrementAndGet())
                .put("object", kind)
                .put("created", System.currentTimeMillis() / 1000)
                .put("livemode", false);
    }

    static String id(ObjectNode object) {
        return object.path("id").asString();
    }
}
