package com.techcourse.sales.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Makes payable, every day, what nobody can take back any more; in small transactions, each of which stands. */
@Component
class ReleasedEarnings implements JobKind {

    private static final String BATCH = "select sales.release_earnings()";

    private final ActingTransactions transactions;

    ReleasedEarnings(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "release_earnings";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofDays(1));
    }

    @Override
    public void run(JsonNode payload) {
        int payments;
        do {
            payments = transactions.write(
                    Acting.visitor(), database -> database.fetchSingle(BATCH).get(0, int.class));
        } while (payments > 0);
    }
}
