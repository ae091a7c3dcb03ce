package com.techcourse.platform.webhooks;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Clears old events away, with their deliveries. */
@Component
class ClearedEvents implements JobKind {

    private final ActingTransactions transactions;

    ClearedEvents(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "clear_events";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofHours(6));
    }

    @Override
    public void run(JsonNode payload) {
        transactions.write(Acting.visitor(), dsl -> dsl.execute("select platform.clear_events()"));
    }
}
