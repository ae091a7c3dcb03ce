package com.techcourse.platform.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Every answer that was acknowledged, written down outside the cluster; and when. */
final class Journal {

    static final String NO_ANSWER = "NO ANSWER";

    /** Orders that were paid, by student. */
    private final Map<Integer, String> purchases = new ConcurrentHashMap<>();

    /** The newest answer that was saved, by attempt. */
    private final Map<String, Integer> savings = new ConcurrentHashMap<>();

    private final Set<String> signUps = ConcurrentHashMap.newKeySet();

    /** Moments of {@link System#nanoTime()}, in order. */
    private final ConcurrentSkipListSet<Long> acknowledged = new ConcurrentSkipListSet<>();

    private final Map<String, AtomicLong> refusals = new ConcurrentSkipListMap<>();
    private final AtomicLong slowest = new AtomicLong();
    private final List<String> broken = new CopyOnWriteArrayList<>();

    void paid(int student, String order) {
        purchases.put(student, order);
        acknowledged.add(System.nanoTime());
    }

    void saved(String attempt, int answer) {
        savings.put(attempt, answer);
        acknowledged.add(System.nanoTime());
    }

    void signedUp(String email) {
        signUps.add(email);
        acknowledged.add(System.nanoTime());
    }

    /** An answer that says no, or that never came. */
    void refused(String how) {
        refusals.computeIfAbsent(how, _ -> new AtomicLong()).incrementAndGet();
    }

    /** A part of the load that plays no more. */
    void broke(RuntimeException failure) {
        broken.add(failure.toString());
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    /** Answers that no fault excuses: none within a minute, or a fault of the academy's own. */
    long inexcusable() {
        return refusals.entrySet().stream()
                .filter(refusal ->
                        refusal.getKey().equals(NO_ANSWER) || refusal.getKey().startsWith("500"))
                .mapToLong(refusal -> refusal.getValue().get())
                .sum();
    }

    void took(long nanos) {
        slowest.accumulateAndGet(nanos, Math::max);
    }

    Map<Integer, String> purchases() {
        return Map.copyOf(purchases);
    }

    Map<String, Integer> savings() {
        return Map.copyOf(savings);
    }

    Set<String> signUps() {
        return Set.copyOf(signUps);
    }

    Map<String, Long> refusals() {
        Map<String, Long> counts = new TreeMap<>();
        refusals.forEach((how, count) -> counts.put(how, count.get()));
        return counts;
    }

    Duration slowestAnswer() {
        return Duration.ofNanos(slowest.get());
    }

    int acknowledgedSince(long moment) {
        return acknowledged.tailSet(moment).size();
    }

    /** A time without an acknowledged write, in moments of {@link System#nanoTime()}. */
    record Silence(long begin, long end) {

        Duration length() {
            return Duration.ofNanos(end - begin);
        }
    }

    /** The longest between two acknowledged writes, from a moment on until another. */
    Silence longestSilence(long from, long to) {
        List<Long> moments = new ArrayList<>(acknowledged.subSet(from, to));
        Long before = acknowledged.floor(from);
        long last = before == null ? from : before;
        moments.add(to);
        Silence longest = new Silence(last, last);
        for (long moment : moments) {
            if (moment - last > longest.end() - longest.begin()) {
                longest = new Silence(last, moment);
            }
            last = moment;
        }
        return longest;
    }
}
