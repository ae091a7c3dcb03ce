package com.techcourse.platform.watching;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What was seen last, of each topic; nobody who reads it waits for a database. What could not be asked is absent, not
 * old.
 */
@Component
class Figures {

    private static final Duration A_SAMPLE = Duration.ofMinutes(1);

    private final Map<String, Seen> topics = new ConcurrentHashMap<>();
    private final History history = new History(A_SAMPLE, 360);
    private volatile @Nullable Instant lookedAt;

    private record Seen(Instant at, List<Reading> readings) {}

    void see(String topic, Instant at, List<Reading> readings) {
        topics.put(topic, new Seen(at, List.copyOf(readings)));
    }

    void forget(String topic) {
        topics.remove(topic);
    }

    /** The end of a look at everything. */
    void looked(Instant at) {
        lookedAt = at;
        history.add(at, this);
    }

    /** Whether a topic that is asked this seldom is to be asked now. */
    boolean isDue(Topic topic, Instant now) {
        Seen seen = topics.get(topic.name());
        return seen == null || !seen.at().plus(topic.every()).isAfter(now);
    }

    @Nullable
    Instant lookedAt() {
        return lookedAt;
    }

    History history() {
        return history;
    }

    List<Reading> all() {
        return readings()
                .sorted(Comparator.comparing(Reading::metric)
                        .thenComparing(reading -> reading.labels().toString()))
                .toList();
    }

    /** The sum over all labels; empty where the metric is absent. */
    OptionalDouble sum(String metric) {
        double[] values = of(metric).mapToDouble(Reading::value).toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(java.util.Arrays.stream(values).sum());
    }

    /** The largest over all labels; empty where the metric is absent. */
    OptionalDouble max(String metric) {
        return of(metric).mapToDouble(Reading::value).max();
    }

    OptionalDouble min(String metric) {
        return of(metric).mapToDouble(Reading::value).min();
    }

    Stream<Reading> of(String metric) {
        return readings().filter(reading -> reading.metric().equals(metric));
    }

    private Stream<Reading> readings() {
        return topics.values().stream().map(Seen::readings).flatMap(Collection::stream);
    }
}
