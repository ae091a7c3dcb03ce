package com.techcourse.sales.gateways;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Money;
import com.techcourse.platform.jobs.JobKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Has the gateway give back what was refunded, or was never wanted; tried again for days, then left to the staff. */
@Component
class GivingBack implements JobKind {

    private static final Logger LOG = LoggerFactory.getLogger(GivingBack.class);
    private static final int MOST = 100;
    private static final int MOST_TRIES = 14;
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    private final ActingTransactions transactions;
    private final Gateway gateway;
    private final Duration every;
    private final Duration backOff;

    GivingBack(
            ActingTransactions transactions,
            Gateway gateway,
            @Value("${techcourse.give-back-every:30s}") Duration every,
            @Value("${techcourse.give-back-again:1m}") Duration backOff) {
        this.transactions = transactions;
        this.gateway = gateway;
        this.every = every;
        this.backOff = backOff;
    }

    @Override
    public String name() {
        return "give_money_back";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(every);
    }

    @Override
    public void run(JsonNode payload) {
        List<Record> due = transactions.write(
                Acting.visitor(), dsl -> List.copyOf(dsl.fetch("select * from sales.due_gateway_refunds(?)", MOST)));
        due.forEach(row -> note(wanted(row), outcome(row)));
    }

    private GivenBack outcome(Record row) {
        String name = row.get("gateway", String.class);
        boolean ours = name.equals(gateway.name()) || gateway instanceof DemoGateway && name.equals(DemoGateway.SAMPLE);
        if (!ours) {
            return new GivenBack.Refused("gateway_changed");
        }
        try {
            return gateway.giveBack(wanted(row));
        } catch (RuntimeException e) {
            LOG.warn("The gateway cannot give back now: {}", e.getClass().getSimpleName());
            return new GivenBack.Refused("no_answer");
        }
    }

    private void note(Return wanted, GivenBack outcome) {
        transactions.write(Acting.visitor(), dsl -> switch (outcome) {
            case GivenBack.Done done ->
                dsl.execute("select sales.given_back(?, ?, ?)", wanted.student(), wanted.id(), done.reference());
            case GivenBack.Underway _ -> later(dsl, wanted, "underway", LOOK_AGAIN);
            case GivenBack.Refused refused -> later(dsl, wanted, refused.reason(), patience(wanted.tries()));
        });
    }

    private static int later(org.jooq.DSLContext dsl, Return wanted, String why, @Nullable Duration patience) {
        return dsl.execute(
                "select sales.not_given_back(?, ?, ?, ? * interval '1 millisecond')",
                wanted.student(),
                wanted.id(),
                why,
                patience == null ? null : patience.toMillis());
    }

    /** 1, 2, 4 .. minutes, together some six days; null after the last try. */
    private @Nullable Duration patience(int tries) {
        return tries >= MOST_TRIES ? null : backOff.multipliedBy(1L << Math.min(tries - 1, 20));
    }

    private static Return wanted(Record row) {
        return new Return(
                row.get("student_id", UUID.class),
                row.get("id", UUID.class),
                row.get("payment_id", UUID.class),
                row.get("payment_reference", String.class),
                new Money(row.get("amount", BigDecimal.class), row.get("currency", String.class)),
                row.get("tries", Integer.class));
    }
}
