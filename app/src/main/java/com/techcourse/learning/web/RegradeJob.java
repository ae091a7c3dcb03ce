package com.techcourse.learning.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Grades what a correction has left, batch by batch; the database knows how far it is, whoever begins again. */
@Component
class RegradeJob implements JobKind {

    private static final String NAME = "regrade";

    private final ActingTransactions transactions;
    private final int batch;

    RegradeJob(ActingTransactions transactions, @Value("${techcourse.regrade-batch:200}") int batch) {
        this.transactions = transactions;
        this.batch = batch;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What waits to be done. */
    static Map<String, UUID> payload(UUID regrade) {
        return Map.of("regrade_id", regrade);
    }

    /** Whether none remain. */
    boolean step(DSLContext transaction, UUID regrade) {
        return Boolean.TRUE.equals(transaction.fetchValue("select learning.regrade_step(?, ?)", regrade, batch));
    }

    @Override
    public void run(JsonNode payload) throws InterruptedException {
        UUID regrade = UUID.fromString(payload.path("regrade_id").asString());
        while (!transactions.write(Acting.visitor(), dsl -> step(dsl, regrade))) {
            if (Thread.interrupted()) {
                throw new InterruptedException("The node stops; another goes on.");
            }
        }
    }
}
