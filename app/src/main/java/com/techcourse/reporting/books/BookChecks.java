package com.techcourse.reporting.books;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.jobs.JobKind;
import java.time.Duration;
import java.util.Optional;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Every night the books of the last days are compared, and once a week all of them; {@code doctor} and
 * {@code ledger check} do the same when asked. What is found is kept, and is an alarm.
 */
@Component
class BookChecks implements JobKind {

    private static final Logger LOG = LoggerFactory.getLogger(BookChecks.class);

    /** The refund window, and some days for gateways and banks. */
    private static final int DAYS = 45;

    private static final String CHECK = """
            select reporting.check_books(
              case when extract(isodow from now()) = 7 then null else platform.business_day(now()) - {0} end, null)
            """;

    private final ActingTransactions transactions;

    BookChecks(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "check_books";
    }

    @Override
    public Optional<Duration> every() {
        return Optional.of(Duration.ofHours(24));
    }

    @Override
    public void run(JsonNode payload) {
        Integer differences = transactions.writeLong(
                Acting.visitor(),
                database -> database.fetchSingle(CHECK, DSL.inline(DAYS)).get(0, Integer.class));
        if (differences > 0) {
            LOG.error("The books differ in {} places; see them with ./techcourse ledger check", differences);
        }
    }
}
