package com.techcourse.audit;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Seals the change log every minute while the academy is up. One node at a time: the others find the lock taken and
 * leave it. Writers never wait for a seal.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Lazy(false)
class Sealing {

    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private static final String SEAL = """
            select case when pg_try_advisory_xact_lock(hashtext('audit.sealing')) then (audit.seal()).seal_no end
            """;

    private final JdbcClient database;

    Sealing(JdbcClient database) {
        this.database = database;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    void seal() {
        try {
            database.sql(SEAL).query(Long.class).optional().ifPresent(number -> LOG.debug("Sealed block {}", number));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The change log was not sealed; the next try is in a minute: {}", e.getMessage());
        }
    }
}
