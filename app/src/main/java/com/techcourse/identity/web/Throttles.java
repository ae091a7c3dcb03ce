package com.techcourse.identity.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Refused;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Counts in the database what is easily misused, so that neither a restart nor another node forgets it. */
@Component
class Throttles {

    private final ActingTransactions transactions;

    Throttles(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    /** Refuses a network address that does this too often. */
    void ofAddress(String kind, String address, int most, Duration per) {
        int wait = seconds(kind, AddressBlock.of(address), most, per);
        if (wait > 0) {
            throw new Refused("too-many-requests", "This was tried too often; wait a while.").with("retry_after", wait);
        }
    }

    /** Whether an e-mail address may be written to once more; nobody is told. */
    boolean mayWriteTo(String kind, String email) {
        return seconds(kind, email.strip().toLowerCase(Locale.ROOT), 5, Duration.ofHours(1)) == 0;
    }

    private int seconds(String kind, String subject, int most, Duration per) {
        return transactions.write(Acting.visitor(), database -> (Integer) Objects.requireNonNull(database.fetchValue(
                "select identity.throttle(?, ?, ?, make_interval(secs => ?))",
                kind,
                Sha256.of(subject),
                most,
                per.toSeconds())));
    }
}
