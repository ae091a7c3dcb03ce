package com.techcourse.platform.webhooks;

import com.techcourse.platform.webhooks.DeliveryQueue.Taken;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Collects and sends events while the academy is up. Each message has a virtual thread of its own and each receiver
 * its own few places, so that one which hangs holds up nobody else. What a stopped or killed node did not note is
 * sent again by another.
 */
@Component
@Lazy(false)
class DeliveryLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 500;
    private static final long PATIENCE_AT_STOP_SECONDS = 5;

    private final ObjectProvider<DeliveryQueue> queue;
    private final ObjectProvider<Deliveries> deliveries;
    private final UUID node = UUID.randomUUID();
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private Phaser underWay = new Phaser(1);

    DeliveryLoop(ObjectProvider<DeliveryQueue> queue, ObjectProvider<Deliveries> deliveries) {
        this.queue = queue;
        this.deliveries = deliveries;
    }

    @Override
    public void start() {
        underWay = new Phaser(1);
        stopped = new CountDownLatch(1);
        Phaser loop = underWay;
        Thread.ofVirtual().name("webhooks").start(() -> {
            work();
            loop.arriveAndDeregister();
        });
    }

    private void work() {
        try {
            boolean more = false;
            while (!stopped.await(more ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                more = look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean look() {
        try {
            boolean more = queue.getObject().collect();
            var taken = queue.getObject().take(node, LEASE);
            taken.forEach(this::send);
            return more || !taken.isEmpty();
        } catch (RuntimeException e) {
            if (isRunning()) {
                LOG.warn("Events could not be fetched; the next look is in a moment: {}", e.getMessage());
            }
            return false;
        }
    }

    private void send(Taken message) {
        underWay.register();
        Thread.ofVirtual().name("webhook " + message.event()).start(() -> {
            try {
                deliveries.getObject().send(message, node);
            } finally {
                underWay.arriveAndDeregister();
            }
        });
    }

    @Override
    public void stop() {
        stopped.countDown();
        try {
            underWay.awaitAdvanceInterruptibly(underWay.getPhase(), PATIENCE_AT_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.info("Some receivers did not answer before the end; they are sent the same again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }
}
