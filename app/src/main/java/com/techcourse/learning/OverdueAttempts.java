package com.techcourse.learning;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Hands in the attempts that were left open past their time, as they were saved. */
@Component
class OverdueAttempts implements JobKind {

    private static final int AT_ONCE = 200;

    private final ActingTransactions transactions;

    OverdueAttempts(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "hand_in_overdue";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofSeconds(30));
    }

    @Override
    public void run(JsonNode payload) {
        int handedIn = AT_ONCE;
        while (handedIn == AT_ONCE) {
            handedIn = transactions.write(
                    Acting.visitor(),
                    dsl -> dsl.fetchSingle("select learning.hand_in_overdue(?)", AT_ONCE)
                            .get(0, int.class));
        }
    }
}
