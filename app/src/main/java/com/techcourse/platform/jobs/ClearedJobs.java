package com.techcourse.platform.jobs;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Clears old jobs away. */
@Component
class ClearedJobs implements JobKind {

    private final ActingTransactions transactions;

    ClearedJobs(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "clear_jobs";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofHours(1));
    }

    @Override
    public void run(JsonNode payload) {
        transactions.write(Acting.visitor(), dsl -> dsl.execute("select platform.clear_jobs()"));
    }
}
