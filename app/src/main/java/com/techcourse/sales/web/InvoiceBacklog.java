package com.techcourse.sales.web;

import com.techcourse.platform.jobs.JobKind;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Numbers, once a day, also what came into the books long after its day: history that was imported. */
@Component
class InvoiceBacklog implements JobKind {

    private final InvoiceNumbering numbering;

    InvoiceBacklog(InvoiceNumbering numbering) {
        this.numbering = numbering;
    }

    @Override
    public String name() {
        return "number_old_invoices";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofDays(1));
    }

    @Override
    public void run(JsonNode payload) {
        numbering.since("-infinity");
    }
}
