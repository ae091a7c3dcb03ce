package com.techcourse.platform.web;

import com.techcourse.platform.Database;
import com.techcourse.platform.Standbys;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Future;
import org.springframework.beans.factory.ObjectProvider;

/** Connections to standbys, beside the pool of the primary and no data source of the framework's. */
final class StandbyPool implements AutoCloseable {

    private final Future<Database> database;
    private final LazyPool pool;

    StandbyPool(Future<Database> database, ObjectProvider<MeterRegistry> metrics) {
        this.database = database;
        this.pool = new LazyPool(LazyPool.Line.STANDBYS, database, metrics);
    }

    Standbys standbys() {
        return new Standbys(pool, this::isNamed);
    }

    /** Never waits for a database that is still being opened. */
    private boolean isNamed() {
        return database.state() == Future.State.SUCCESS
                && database.resultNow().replicaUrl().isPresent();
    }

    @Override
    public void close() {
        pool.close();
    }
}
