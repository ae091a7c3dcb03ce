package com.techcourse.platform.jobs;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A kind of background work; a bean of it makes every node able to do it. A job is done at least once: a node may be
 * killed between the work and its note, so {@link #run} must bear to be repeated.
 */
public interface JobKind {

    /** In snake_case; stays the same as long as jobs of it wait. */
    String name();

    /** Does the work in transactions of its own; whatever it throws has it tried again later. */
    void run(JsonNode payload) throws Exception;

    /** After so many tries a job is dead and waits for an admin. */
    default int mostTries() {
        return 10;
    }

    /** Ordered again and again at this distance, once over all nodes; empty for work that is ordered. */
    default Optional<Duration> every() {
        return Optional.empty();
    }
}
