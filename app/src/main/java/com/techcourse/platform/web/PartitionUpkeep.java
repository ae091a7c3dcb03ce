package com.techcourse.platform.web;

import com.techcourse.platform.Database;
import com.techcourse.platform.migration.Partitions;
import com.techcourse.platform.postgres.DatabaseProblem;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the coming months' partitions ready while the academy is up; every start has made them already. */
@Component
@Lazy(false)
class PartitionUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionUpkeep.class);

    private final ObjectProvider<Database> database;

    PartitionUpkeep(ObjectProvider<Database> database) {
        this.database = database;
    }

    @Scheduled(initialDelay = 6, fixedDelay = 6, timeUnit = TimeUnit.HOURS)
    void keepAhead() {
        try {
            int made = Partitions.ensure(database.getObject().ownerUrl());
            if (made > 0) {
                LOG.info("{} partitions made for the coming months", made);
            }
        } catch (DatabaseProblem problem) {
            LOG.error("The coming months' partitions could not be made; the next try is in six hours", problem);
        }
    }
}
