package com.techcourse.sales.gateways;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Clears the ids of old events away. */
@Component
class ForgottenEvents implements JobKind {

    private final ActingTransactions transactions;

    ForgottenEvents(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "forget_gateway_events";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofHours(12));
    }

    @Override
    public void run(JsonNode payload) {
        transactions.write(Acting.visitor(), dsl -> dsl.execute("select sales.forget_gateway_events()"));
    }
}
