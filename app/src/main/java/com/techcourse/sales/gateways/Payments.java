package com.techcourse.sales.gateways;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.api.Refused;
import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Paying an order: begun in one transaction, asked for outside of any, settled in another. Whatever ends in between is
 * gone on with when it is asked again, or by {@link Reconciliation}.
 */
@Component
public class Payments {

    private final ActingTransactions transactions;
    private final Gateway gateway;
    private final Settlements settlements;

    Payments(ActingTransactions transactions, Gateway gateway, Settlements settlements) {
        this.transactions = transactions;
        this.gateway = gateway;
        this.settlements = settlements;
    }

    /** What the buyer is told: as before, or how far it is now. */
    public sealed interface Step<T> {
        record Answered<T>(String body) implements Step<T> {}

        /** @param confirm where the buyer has to go first; null where there is nothing to do */
        record Reached<T>(T told, @Nullable URI confirm) implements Step<T> {}
    }

    private record Begun(Due due, boolean isOpen) {}

    /**
     * Pays an order of the acting student, or goes on with it.
     *
     * @param key under which the buyer asks; with another {@code hash} of the request it is refused
     * @param telling what is read of the payment, in the transaction that settles it
     */
    public <T> Step<T> pay(
            Acting student, UUID order, String key, byte[] hash, Means means, BiFunction<DSLContext, UUID, T> telling) {
        Object begun = transactions.writeRepeatably(student, dsl -> begin(dsl, student, order, key, hash, means));
        if (!(begun instanceof Begun payment)) {
            return new Step.Answered<>(begun.toString());
        }
        Due due = payment.due();
        if (!payment.isOpen()) {
            return new Step.Reached<>(
                    transactions.writeRepeatably(student, dsl -> telling.apply(dsl, due.payment())), null);
        }
        Answer answer = asked(due);
        T told = settlements.settle(
                student, due.student(), due.payment(), answer, dsl -> telling.apply(dsl, due.payment()));
        return new Step.Reached<>(told, answer instanceof Answer.ToConfirm page ? page.where() : null);
    }

    private Answer asked(Due due) {
        try {
            return gateway.ask(due);
        } catch (GatewayClosed _) {
            throw new Refused("gateway-closed");
        }
    }

    /** A payment, or the body of an earlier answer. */
    private Object begin(DSLContext dsl, Acting student, UUID order, String key, byte[] hash, Means means) {
        JSONB answer =
                (JSONB) dsl.fetchValue("select sales.begin_paying(?, ?, ?, ?)", order, gateway.name(), key, hash);
        if (answer == null) {
            throw new Refused("not-found");
        }
        JsonNode payment = read(answer);
        if (payment.has("answered")) {
            return payment.path("answered");
        }
        gateway.check(means);
        boolean open = payment.path("status").asString().equals("pending")
                && payment.path("gateway").asString().equals(gateway.name());
        return new Begun(due(Objects.requireNonNull(student.userId()), order, payment, means), open);
    }

    private static Due due(UUID student, UUID order, JsonNode payment, Means means) {
        List<String> titles =
                payment.path("titles").valueStream().map(JsonNode::asString).toList();
        return new Due(
                student,
                order,
                UUID.fromString(payment.path("payment_id").asString()),
                new Money(
                        new BigDecimal(payment.path("amount").asString()),
                        payment.path("currency").asString()),
                titles.isEmpty() ? List.of("Order " + order) : titles,
                means,
                payment.path("reference").asString(),
                OffsetDateTime.parse(payment.path("created_at").asString()));
    }

    private static JsonNode read(JSONB json) {
        return JsonMapper.shared().readTree(json.data());
    }

    /** The buyer confirms to the demo bank, or does not; refused where another gateway takes the money. */
    public void confirm(Acting student, UUID payment, boolean approved) {
        if (!(gateway instanceof DemoGateway demo)) {
            throw new Refused("not-found");
        }
        settlements.settle(student, Objects.requireNonNull(student.userId()), payment, demo.confirm(payment, approved));
    }
}
