package com.techcourse.sales.gateways;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.jobs.JobKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Asks the gateway what became of payments that have no end yet: answers that got lost, buyers who never came back,
 * nodes that were killed in between. Then closes the orders that nobody pays.
 */
@Component
class Reconciliation implements JobKind {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final int MOST = 200;

    private final ActingTransactions transactions;
    private final Gateway gateway;
    private final Settlements settlements;
    private final Duration every;
    private final Duration age;

    Reconciliation(
            ActingTransactions transactions,
            Gateway gateway,
            Settlements settlements,
            @Value("${techcourse.reconcile-every:30s}") Duration every,
            @Value("${techcourse.reconcile-age:30s}") Duration age) {
        this.transactions = transactions;
        this.gateway = gateway;
        this.settlements = settlements;
        this.every = every;
        this.age = age;
    }

    @Override
    public String name() {
        return "reconcile_payments";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(every);
    }

    @Override
    public void run(JsonNode payload) {
        List<Record> open = transactions.write(
                Acting.visitor(),
                dsl -> List.copyOf(dsl.fetch(
                        "select * from sales.open_payments(? * interval '1 millisecond', ?)", age.toMillis(), MOST)));
        open.forEach(this::reconcile);
        transactions.write(Acting.visitor(), dsl -> dsl.execute("select sales.close_stale_orders()"));
    }

    /** One that cannot be settled does not keep the others waiting; it comes again. */
    private void reconcile(Record row) {
        Due due = due(row);
        try {
            settlements.settle(Acting.visitor(), due.student(), due.payment(), answer(row, due));
        } catch (RuntimeException e) {
            LOG.warn(
                    "The payment {} cannot be settled now: {}",
                    due.payment(),
                    e.getClass().getSimpleName());
        }
    }

    /** What the demo had not ended before a real gateway took over never took money. */
    private Answer answer(Record row, Due due) {
        String name = row.get("gateway", String.class);
        if (name.equals(gateway.name())) {
            return gateway.look(due);
        }
        return name.equals(DemoGateway.NAME) ? new Answer.Declined(null, "gateway_changed") : new Answer.Waiting(null);
    }

    private static Due due(Record row) {
        return new Due(
                row.get("student_id", UUID.class),
                row.get("order_id", UUID.class),
                row.get("payment_id", UUID.class),
                new Money(row.get("amount", BigDecimal.class), row.get("currency", String.class)),
                List.of(),
                Means.NONE,
                row.get("reference", String.class),
                row.get("created_at", OffsetDateTime.class));
    }
}
