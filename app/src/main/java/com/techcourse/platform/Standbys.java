package com.techcourse.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Standbys for reads that may be a moment old, where {@code TECHCOURSE_REPLICA} names them. Whoever is signed in sees at
 * least all that was acknowledged to anybody before the request came. What a standby cannot do now, the primary does.
 */
public final class Standbys {

    /** Who answered a read that may be a moment old, and why the primary did. */
    public enum Answered {
        BY_STANDBY("standby", ""),
        OWN_WRITE("primary", "own-write"),
        UNKNOWN("primary", "unknown"),
        NEW_PRIMARY("primary", "new-primary"),
        RESTING("primary", "resting"),
        BUSY("primary", "busy"),
        BEHIND("primary", "behind"),
        AWAY("primary", "away"),
        CANCELLED("primary", "cancelled"),
        FAILED("primary", "failed");

        private final String server;
        private final String reason;

        Answered(String server, String reason) {
            this.server = server;
            this.reason = reason;
        }

        public String server() {
            return server;
        }

        public String reason() {
            return reason;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Standbys.class);

    /** As many as its pool has connections. */
    private static final int MOST_AT_ONCE = 20;

    private static final Duration REST_WHEN_AWAY = Duration.ofSeconds(1);
    private static final Duration REST_WHEN_BEHIND = Duration.ofMillis(250);

    /** Meanwhile a standby of the former primary may have what the new one never had. */
    private static final Duration REST_WITH_A_NEW_PRIMARY = Duration.ofSeconds(30);

    /** Cancelled by replay that needed its rows, by time or by an operator. */
    private static final Set<String> CANCELLED = Set.of("40001", "40P01", "57014");

    private final DataSource pool;
    private final BooleanSupplier there;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE);
    private final Map<Answered, LongAdder> counts = new EnumMap<>(Answered.class);
    private final Absence away = new Absence();
    private final Rest behind = new Rest();
    private final Rest newPrimary = new Rest();
    private volatile boolean unsupported;
    private volatile @Nullable String primary;

    /** @param there asked again and again: it is known once the database is open */
    public Standbys(DataSource pool, BooleanSupplier there) {
        this.pool = pool;
        this.there = there;
        for (Answered answered : Answered.values()) {
            counts.put(answered, new LongAdder());
        }
    }

    public boolean areThere() {
        return !unsupported && there.getAsBoolean();
    }

    /** Says of the request of this thread that nobody is signed in. */
    public void askedByVisitor() {
        RequestMemory.current().ifPresent(RequestMemory::isOfAVisitor);
    }

    public ToDoubleFunction<Standbys> count(Answered answered) {
        return _ -> of(answered).sum();
    }

    private LongAdder of(Answered answered) {
        return counts.getOrDefault(answered, new LongAdder());
    }

    /** The request whose moment a transaction on the primary is to note. */
    Optional<RequestMemory> openRequest() {
        return areThere() ? RequestMemory.current().filter(RequestMemory::isOpen) : Optional.empty();
    }

    void wrote() {
        if (areThere()) {
            RequestMemory.current().ifPresent(RequestMemory::writes);
        }
    }

    void note(RequestMemory request, Moment moment) {
        if (!moment.server().equals(primary)) {
            meet(moment.server());
        }
        request.is(moment);
    }

    /** The rest begins before anybody can know the new one as the one of before. */
    private synchronized void meet(String server) {
        String before = primary;
        if (before != null && !before.equals(server)) {
            newPrimary.begin(REST_WITH_A_NEW_PRIMARY);
        }
        primary = server;
    }

    /** A primary that does not say how far it has written: without that no standby is ever asked. */
    void giveUp(DataAccessException refused) {
        unsupported = true;
        LOG.warn("TECHCOURSE_REPLICA is not used, as the primary does not tell its position: {}", refused.getMessage());
    }

    /** Nothing where the primary has to answer. */
    <T> Optional<T> read(Acting who, TransactionKind kind, Function<DSLContext, T> work) {
        if (!areThere()) {
            return Optional.empty();
        }
        Optional<RequestMemory> request = RequestMemory.current();
        Optional<Moment> least = request.flatMap(RequestMemory::leastSeen);
        if (request.isEmpty() || least.isEmpty()) {
            return primaryAnswers(Answered.UNKNOWN);
        }
        if (request.get().hasWritten()) {
            return primaryAnswers(Answered.OWN_WRITE);
        }
        if (newPrimary.lasts()) {
            return primaryAnswers(Answered.NEW_PRIMARY);
        }
        if ((behind.lasts() && !least.get().equals(Moment.ANY)) || away.refuses()) {
            return primaryAnswers(Answered.RESTING);
        }
        return tried(new StandbyTransaction(who, kind, least.get()), work);
    }

    private <T> Optional<T> tried(StandbyTransaction transaction, Function<DSLContext, T> work) {
        if (!turns.tryAcquire()) {
            return primaryAnswers(Answered.BUSY);
        }
        try (Connection connection = pool.getConnection()) {
            Optional<T> result = transaction.of(connection, work);
            away.isOver();
            if (result.isEmpty()) {
                behind.begin(REST_WHEN_BEHIND);
                return primaryAnswers(Answered.BEHIND);
            }
            of(Answered.BY_STANDBY).increment();
            return result;
        } catch (SQLException e) {
            return failed(new DataAccessException("The standby did not answer.", e));
        } catch (DataAccessException e) {
            return failed(e);
        } finally {
            turns.release();
        }
    }

    /** Whatever it was: where the read itself is wrong, the primary will say so. */
    private <T> Optional<T> failed(DataAccessException failure) {
        if (Away.is(failure)) {
            if (away.begin()) {
                LOG.info("Standbys are away, the primary answers: {}", failure.getMessage());
            }
            return primaryAnswers(Answered.AWAY);
        }
        return primaryAnswers(CANCELLED.contains(failure.sqlState()) ? Answered.CANCELLED : Answered.FAILED);
    }

    private <T> Optional<T> primaryAnswers(Answered why) {
        of(why).increment();
        return Optional.empty();
    }

    /** As long as standbys are away, one read at a time tries whether they are back, once in a while. */
    private static final class Absence {

        private final AtomicLong nextTry = new AtomicLong();
        private volatile boolean lasts;

        /** Whether it was not known before. */
        boolean begin() {
            boolean known = lasts;
            nextTry.set(System.nanoTime() + REST_WHEN_AWAY.toNanos());
            lasts = true;
            return !known;
        }

        void isOver() {
            lasts = false;
        }

        /** Whoever is not refused at the end of a rest is the one who tries. */
        boolean refuses() {
            if (!lasts) {
                return false;
            }
            long now = System.nanoTime();
            long next = nextTry.get();
            return now - next < 0 || !nextTry.compareAndSet(next, now + REST_WHEN_AWAY.toNanos());
        }
    }

    /** A time in which nobody tries. */
    private static final class Rest {

        private volatile long end = System.nanoTime();

        void begin(Duration length) {
            end = System.nanoTime() + length.toNanos();
        }

        boolean lasts() {
            return System.nanoTime() - end < 0;
        }
    }
}
