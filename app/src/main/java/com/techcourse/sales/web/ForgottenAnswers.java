package com.techcourse.sales.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Clears answers away that nobody asks for again after two days. */
@Component
class ForgottenAnswers implements JobKind {

    private final ActingTransactions transactions;

    ForgottenAnswers(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "forget_answers";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofHours(1));
    }

    @Override
    public void run(JsonNode payload) {
        transactions.write(Acting.visitor(), dsl -> dsl.execute("select sales.forget_answers()"));
    }
}
