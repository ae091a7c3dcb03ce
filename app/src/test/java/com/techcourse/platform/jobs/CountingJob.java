package com.techcourse.platform.jobs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A kind of work for tests: counts how often each was done, and fails as often as its payload asks. */
@Component
class CountingJob implements JobKind {

    static final Map<String, Integer> DONE = new ConcurrentHashMap<>();
    private static final Map<String, Integer> BEGUN = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "counting_job";
    }

    @Override
    public int mostTries() {
        return 2;
    }

    @Override
    public void run(JsonNode payload) {
        String name = payload.path("name").asString();
        if (BEGUN.merge(name, 1, Integer::sum) <= payload.path("failures").asInt(0)) {
            throw new IllegalStateException("not yet");
        }
        DONE.merge(name, 1, Integer::sum);
    }
}
