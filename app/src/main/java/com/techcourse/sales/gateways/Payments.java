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

    private static final String OPERATION = "pay_order";

    private final ActingTransactions transactions;
    private final Gateway gateway;
    private final Settlements settlements;

    Payments(ActingTransactions transactions, Gateway gateway, Settlements settlements) {
        this.transactions = transactions;
        this.gateway = gateway;
        this.settlements = settlements;
    }

    /** How far it came: known before, with the answer of then, or a payment of now. */
    public sealed interface Step {
        record Answered(String body) implements Step {}

        /** @param confirm where the buyer has to go first; null where there is nothing to do */
        record Reached(UUID payment, @Nullable URI confirm) implements Step {}
    }

    private record Begun(Due due, String status, String gateway) {}

    /**
     * Pays an order of the acting student, or goes on with it.
     *
     * @param key under which the buyer asks; with another {@code hash} of the request it is refused
     */
    public Step pay(Acting student, UUID order, String key, byte[] hash, Means means) {
        Object begun = transactions.write(student, dsl -> {
            JSONB known = (JSONB) dsl.fetchValue("select sales.claim_request(?, ?, ?)", key, OPERATION, hash);
            return known == null ? begin(dsl, student, order, key, means) : known;
        });
        if (begun instanceof JSONB known) {
            return new Step.Answered(read(known).path("body").toString());
        }
        Begun payment = (Begun) begun;
        boolean open = payment.status().equals("pending") && payment.gateway().equals(gateway.name());
        return new Step.Reached(payment.due().payment(), open ? ask(student, payment.due()) : null);
    }

    private @Nullable URI ask(Acting student, Due due) {
        try {
            Answer answer = gateway.ask(due);
            settlements.settle(student, due.student(), due.payment(), answer);
            return answer instanceof Answer.ToConfirm page ? page.where() : null;
        } catch (GatewayClosed _) {
            throw new Refused("gateway-closed");
        }
    }

    private Begun begin(DSLContext dsl, Acting student, UUID order, String key, Means means) {
        JSONB answer = (JSONB) dsl.fetchValue("select sales.begin_payment(?, ?, ?)", order, gateway.name(), key);
        if (answer == null) {
            throw new Refused("not-found");
        }
        gateway.check(means);
        JsonNode payment = read(answer);
        UUID id = UUID.fromString(payment.path("payment_id").asString());
        Due due = new Due(
                Objects.requireNonNull(student.userId()),
                order,
                id,
                new Money(
                        new BigDecimal(payment.path("amount").asString()),
                        payment.path("currency").asString()),
                titles(dsl, order),
                means,
                payment.path("reference").asString(),
                Objects.requireNonNull(dsl.fetchSingle("select created_at from sales.payments where id = ?", id)
                        .get(0, OffsetDateTime.class)));
        return new Begun(
                due, payment.path("status").asString(), payment.path("gateway").asString());
    }

    private static List<String> titles(DSLContext dsl, UUID order) {
        List<String> titles = dsl.fetch("""
                select c.title from sales.order_lines l join catalog.courses c on c.id = l.course_id
                 where l.order_id = ? order by l.course_id
                """, order).getValues(0, String.class);
        return titles.isEmpty() ? List.of("Order " + order) : titles;
    }

    private static JsonNode read(JSONB json) {
        return JsonMapper.shared().readTree(json.data());
    }

    /** Keeps the answer to a request that has come to its end, to be given again. */
    public void keep(Acting student, String key, int status, String body) {
        transactions.write(student, dsl -> dsl.execute("select sales.keep_answer(?, ?, ?::jsonb)", key, status, body));
    }

    /** The buyer confirms to the demo bank, or does not; refused where another gateway takes the money. */
    public void confirm(Acting student, UUID payment, boolean approved) {
        if (!(gateway instanceof DemoGateway demo)) {
            throw new Refused("not-found");
        }
        settlements.settle(student, Objects.requireNonNull(student.userId()), payment, demo.confirm(payment, approved));
    }
}
