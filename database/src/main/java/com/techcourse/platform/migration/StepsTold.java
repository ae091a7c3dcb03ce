package com.techcourse.platform.migration;

import java.util.function.Consumer;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Tells every tenth migration, so that a long run shows that it moves. */
final class StepsTold implements Callback {

    private static final int EVERY = 10;

    private final int total;
    private final Consumer<String> progress;
    private int done;

    StepsTold(int total, Consumer<String> progress) {
        this.total = total;
        this.progress = progress;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        done++;
        if (done % EVERY == 0) {
            progress.accept("Migrating the schema: " + done + " of at most " + total);
        }
    }

    @Override
    public String getCallbackName() {
        return "steps told";
    }
}
