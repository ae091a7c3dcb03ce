package com.techcourse.platform.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.techcourse.platform.ActingPerson;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * So many requests a minute, refilled evenly: for each person who is signed in, else for each network address. Counted
 * by each node for itself; guesses at passwords are counted in the database besides.
 */
@Component
class RateLimits implements HandlerInterceptor {

    private static final int MOST_CALLERS = 100_000;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(Duration.ofMinutes(2))
            .build();
    private final long perMinute;

    RateLimits(@Value("${techcourse.requests-per-minute:1200}") long perMinute) {
        this.perMinute = perMinute;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        ConsumptionProbe probe = bucket(caller(request)).tryConsumeAndReturnRemaining(1);
        response.setHeader("RateLimit-Limit", Long.toString(perMinute));
        response.setHeader("RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
        response.setHeader("RateLimit-Reset", seconds(probe.getNanosToWaitForReset()));
        if (!probe.isConsumed()) {
            response.setHeader("Retry-After", seconds(probe.getNanosToWaitForRefill()));
            throw new Refused(
                    "too-many-requests", "There were too many requests; go on after the time in Retry-After.");
        }
        return true;
    }

    private Bucket bucket(String caller) {
        return Objects.requireNonNull(buckets.get(
                caller,
                _ -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build()));
    }

    private static String caller(HttpServletRequest request) {
        return Doorkeeper.caller()
                .map(ActingPerson::acting)
                .map(acting -> "user " + acting.userId())
                .orElseGet(() -> "address " + request.getRemoteAddr());
    }

    private static String seconds(long nanos) {
        return Long.toString(TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
    }
}
