package com.techcourse.platform;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What a request of the web must see at least: everything that was acknowledged before it came. The first transaction
 * on the primary, which looks up who asks, notes how far the primary had written then.
 */
final class RequestMoment {

    private static final String NAME = RequestMoment.class.getName();

    private volatile @Nullable Moment moment;
    private volatile boolean written;
    private volatile boolean visitor;

    private RequestMoment() {}

    /** Of the request that this thread works for; none in the background. */
    static Optional<RequestMoment> current() {
        RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
        return attributes == null ? Optional.empty() : Optional.of(of(attributes));
    }

    private static RequestMoment of(RequestAttributes attributes) {
        if (attributes.getAttribute(NAME, RequestAttributes.SCOPE_REQUEST) instanceof RequestMoment known) {
            return known;
        }
        RequestMoment fresh = new RequestMoment();
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
}
