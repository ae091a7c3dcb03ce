package com.techcourse.platform.secrets;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Every hour, and at the first start, seals what is not sealed under the current key. */
@Component
class SecretsSealedAgain implements JobKind {

    private final ActingTransactions transactions;
    private final SealedSecrets secrets;

    SecretsSealedAgain(ActingTransactions transactions, SealedSecrets secrets) {
        this.transactions = transactions;
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "seal_secrets_again";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofHours(1));
    }

    @Override
    public void run(JsonNode payload) {
        if (secrets.isAvailable()) {
            SealingRound round = new SealingRound(secrets);
            while (transactions.write(Acting.visitor(), round::seal) > 0) {
                // the next ones
            }
        }
    }
}
