package com.techcourse.platform;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What one transaction of a request of the web leaves for the next: what it must see at least, and until when the
 * request waits for the database.
 *
 * <p>It must see everything that was acknowledged before it came. The first transaction on the primary, which looks up
 * who asks, notes how far the primary had written then.
 */
final class RequestMemory {

    private static final String NAME = RequestMemory.class.getName();

    private volatile @Nullable Moment moment;
    private volatile boolean written;
    private volatile boolean visitor;
    private @Nullable Long patienceEnds;

    private RequestMemory() {}

    /** Of the request that this thread works for; none in the background. */
    static Optional<RequestMemory> current() {
        RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
        return attributes == null ? Optional.empty() : Optional.of(of(attributes));
    }

    private static RequestMemory of(RequestAttributes attributes) {
        if (attributes.getAttribute(NAME, RequestAttributes.SCOPE_REQUEST) instanceof RequestMemory known) {
            return known;
        }
        RequestMemory fresh = new RequestMemory();
        attributes.setAttribute(NAME, fresh, RequestAttributes.SCOPE_REQUEST);
        return fresh;
    }

    boolean isOpen() {
        return moment == null;
    }

    void is(Moment noted) {
        moment = noted;
    }

    /** What was written in this request is newer than its moment. */
    void writes() {
        written = true;
    }

    boolean hasWritten() {
        return written;
    }

    /** Nobody is signed in: who nobody knows has written nothing to be read again. */
    void isOfAVisitor() {
        visitor = true;
    }

    /** None where it is not known who asks, or the primary did not say how far it was. */
    Optional<Moment> leastSeen() {
        Moment noted = moment;
        return noted == null && visitor ? Optional.of(Moment.ANY) : Optional.ofNullable(noted);
    }

    /**
     * Until when this request waits for a database that was lost, on the clock of {@link System#nanoTime}: what its
     * first transaction to lose it says holds for all.
     */
    synchronized long patienceEnds(long ofTransaction) {
        if (patienceEnds == null) {
            patienceEnds = ofTransaction;
        }
        return patienceEnds;
    }

    /** None as long as the database was not lost. */
    synchronized OptionalLong patienceEnds() {
        return patienceEnds == null ? OptionalLong.empty() : OptionalLong.of(patienceEnds);
    }
}
