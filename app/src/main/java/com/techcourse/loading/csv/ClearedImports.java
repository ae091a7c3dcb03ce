package com.techcourse.loading.csv;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Notes which imports ended with their process, and clears old reports away. */
@Component
class ClearedImports implements JobKind {

    private final ActingTransactions transactions;

    ClearedImports(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "clear_imports";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofSeconds(30));
    }

    @Override
    public void run(JsonNode payload) {
        transactions.write(Acting.visitor(), dsl -> dsl.execute("select platform.clear_imports()"));
    }
}
