package com.techcourse.platform.webhooks;

import static org.jooq.impl.DSL.val;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a node asks of the outbox and of {@code platform.webhook_deliveries}: one short transaction each. */
@Component
class DeliveryQueue {

    /** Facts of each outbox that are collected in one transaction. */
    private static final int COLLECTED_AT_ONCE = 500;

    /** To one receiver, over all nodes. */
    private static final int AT_ONCE = 4;

    private static final int MOST_TRIES = 15;

    private final ActingTransactions transactions;

    DeliveryQueue(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A message that this node holds.
     *
     * @param sentAt seconds since 1970, by the database's clock
     * @param keys valid secrets of the receiver, sealed, the newest first
     */
    record Taken(UUID webhook, UUID event, String url, long sentAt, String body, List<byte[]> keys, int tries) {}

    /** Whether there may be more. */
    boolean collect() {
        Integer collected = transactions.write(
                Acting.visitor(),
                dsl -> Objects.requireNonNull(dsl.fetchValue(
                        DSL.field("platform.collect_events({0})", Integer.class, val(COLLECTED_AT_ONCE)))));
        return collected >= COLLECTED_AT_ONCE;
    }

    List<Taken> take(UUID node, Duration lease) {
        return transactions.write(
                Acting.visitor(),
                dsl -> dsl.resultQuery(
                                "select webhook_id, event_id, url, sent_at, body, keys, tries from platform.take_deliveries({0}, {1}, {2} * interval '1 millisecond')",
                                val(node), val(AT_ONCE), val(lease.toMillis()))
                        .fetch(row -> new Taken(
                                row.get(0, UUID.class),
                                row.get(1, UUID.class),
                                row.get(2, String.class),
                                row.get(3, long.class),
                                row.get(4, String.class),
                                keys(row.get(5, byte[][].class)),
                                row.get(6, int.class))));
    }

    private static List<byte[]> keys(byte @Nullable [][] keys) {
        return keys == null ? List.of() : List.of(keys);
    }

    /** What became of it; null when another node had taken it over. */
    @Nullable
    String note(Taken sent, UUID node, @Nullable Integer status, long millis, @Nullable String error, Duration first) {
        return transactions.write(
                Acting.visitor(),
                dsl -> dsl.fetchValue(DSL.field(
                        "platform.note_delivery({0}, {1}, {2}, {3}, {4}, {5}, {6} * interval '1 millisecond', {7})",
                        String.class,
                        val(sent.webhook()),
                        val(sent.event()),
                        val(node),
                        val(status, Integer.class),
                        val(Math.toIntExact(millis)),
                        val(error, String.class),
                        val(first.toMillis()),
                        val(MOST_TRIES))));
    }
}
