package com.techcourse.platform.webhooks;

import com.techcourse.platform.webhooks.DeliveryQueue.Taken;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Sends one message and notes what came back, in the headers of the Standard Webhooks specification. */
@Component
class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DeliveryQueue queue;
    private final Signatures signatures;
    private final boolean loopbackAllowed;
    private final Duration firstRetry;

    Deliveries(
            DeliveryQueue queue,
            Signatures signatures,
            @Value("${techcourse.webhooks-to-loopback:false}") boolean loopbackAllowed,
            @Value("${techcourse.webhook-first-retry:5s}") Duration firstRetry) {
        this.queue = queue;
        this.signatures = signatures;
        this.loopbackAllowed = loopbackAllowed;
        this.firstRetry = firstRetry;
    }

    /** Whether receivers on this machine are allowed. */
    boolean isLoopbackAllowed() {
        return loopbackAllowed;
    }

    void send(Taken message, UUID node) {
        long start = System.nanoTime();
        Integer status = null;
        String error = null;
        try {
            Destination destination = Destination.of(URI.create(message.url()), loopbackAllowed);
            status = new Post(destination, PATIENCE)
                    .send(headers(message), message.body().getBytes(StandardCharsets.UTF_8));
        } catch (Destination.Forbidden | Signatures.Impossible e) {
            error = e.getMessage();
        } catch (IOException | RuntimeException e) {
            error = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        note(message, node, status, (System.nanoTime() - start) / 1_000_000, error);
    }

    private void note(Taken message, UUID node, @Nullable Integer status, long millis, @Nullable String error) {
        try {
            String state = queue.note(message, node, status, millis, error, firstRetry);
            if ("disabled".equals(state) || "failed".equals(state)) {
                LOG.warn("The webhook {} is {}: it does not take event {}", message.webhook(), state, message.event());
            }
        } catch (RuntimeException e) {
            LOG.warn("A delivery to {} could not be noted and is repeated: {}", message.webhook(), e.getMessage());
        }
    }

    private Map<String, String> headers(Taken message) throws Signatures.Impossible {
        return Map.of(
                "Content-Type", "application/json",
                "User-Agent", "TechCourse-Webhooks/1",
                "webhook-id", message.event().toString(),
                "webhook-timestamp", Long.toString(message.sentAt()),
                "webhook-signature", signatures.of(message));
    }
}
