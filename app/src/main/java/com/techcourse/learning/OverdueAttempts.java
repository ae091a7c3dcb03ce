package com.techcourse.learning;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Hands in the attempts that were left open past their time, as they were saved. Nodes share the work. */
@Component
@Lazy(false)
class OverdueAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(OverdueAttempts.class);
    private static final int AT_ONCE = 200;

    private final JdbcClient database;

    OverdueAttempts(JdbcClient database) {
        this.database = database;
    }

    @Scheduled(initialDelay = 15, fixedDelay = 30, timeUnit = TimeUnit.SECONDS)
    void handIn() {
        try {
            int handedIn = AT_ONCE;
            while (handedIn == AT_ONCE) {
                handedIn = database.sql("select learning.hand_in_overdue(?)")
                        .param(AT_ONCE)
                        .query(Integer.class)
                        .single();
                LOG.debug("{} overdue attempts handed in", handedIn);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Overdue attempts were not handed in; the next try is in half a minute: {}", e.getMessage());
        }
    }
}
