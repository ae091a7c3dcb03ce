package com.techcourse.sales.web;

import static java.util.Objects.requireNonNull;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import com.techcourse.platform.mail.PublicUrl;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Numbers what was sold and given back since the last time: every minute, in transactions that each stand. */
@Component
class InvoiceNumbering implements JobKind {

    private static final int BATCH = 1000;

    private final ActingTransactions transactions;
    private final PublicUrl publicUrl;

    InvoiceNumbering(ActingTransactions transactions, PublicUrl publicUrl) {
        this.transactions = transactions;
        this.publicUrl = publicUrl;
    }

    @Override
    public String name() {
        return "number_invoices";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofMinutes(1));
    }

    @Override
    public void run(JsonNode payload) {
        since(null);
    }

    /** A business day; null: what may be new. */
    void since(@Nullable String day) {
        int made;
        do {
            made = transactions.write(
                    Acting.visitor(),
                    database -> requireNonNull((Integer) database.fetchValue(
                            "select sales.number_invoices(?::date, ?, ?)", day, BATCH, publicUrl.of(""))));
        } while (made == BATCH);
    }
}
