package com.techcourse.learning.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Folds changed ratings into their totals now and then. Ratings are exact without it; with it, they are read faster. */
@Component
@Lazy(false)
class RatingUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(RatingUpkeep.class);

    private final ActingTransactions transactions;

    RatingUpkeep(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @Scheduled(initialDelay = 60, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    void rollUp() {
        try {
            transactions.write(Acting.visitor(), database -> database.execute("select learning.roll_up_ratings()"));
        } catch (DataAccessException e) {
            LOG.warn("Ratings could not be rolled up; the next try is in a minute", e);
        }
    }
}
