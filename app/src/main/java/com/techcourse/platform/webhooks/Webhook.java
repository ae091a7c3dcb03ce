package com.techcourse.platform.webhooks;

import static com.techcourse.jooq.platform.Tables.WEBHOOKS;

import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetAddress;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * A receiver.
 *
 * @param active whether events are collected for it
 * @param failingFrom since when every try has failed
 * @param disabledAt after days of failures; events are kept for a month, and sent when it is active again
 */
record Webhook(
        UUID id,
        @Schema(example = "https://example.org/events") String url,
        String description,
        List<String> topics,
        boolean active,
        @Nullable OffsetDateTime failingFrom,
        @Nullable OffsetDateTime disabledAt,
        UUID createdBy,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {

    static Webhook of(Record row) {
        return new Webhook(
                row.get(WEBHOOKS.ID),
                row.get(WEBHOOKS.URL),
                row.get(WEBHOOKS.DESCRIPTION),
                List.of(row.get(WEBHOOKS.TOPICS)),
                row.get(WEBHOOKS.ACTIVE),
                row.get(WEBHOOKS.FAILING_FROM),
                row.get(WEBHOOKS.DISABLED_AT),
                row.get(WEBHOOKS.CREATED_BY),
                row.get(WEBHOOKS.CREATED_AT),
                row.get(WEBHOOKS.UPDATED_AT));
    }

    /** What the database's pattern cannot tell: whether it is an address at all, and one that is sent to. */
    static String address(String url, boolean loopbackAllowed) {
        try {
            String host = URI.create(url).getHost();
            if (host != null && isElsewhere(host, loopbackAllowed)) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Refused("invalid-value", "The address is an https address of another machine.", "url");
    }

    /** A name is looked up whenever something is sent, a number is seen here. */
    private static boolean isElsewhere(String host, boolean loopbackAllowed) {
        if (host.equalsIgnoreCase("localhost")) {
            return loopbackAllowed;
        }
        if (!host.matches("[0-9.]+|\\[.*]")) {
            return true;
        }
        InetAddress address = InetAddress.ofLiteral(host.replaceAll("^\\[|]$", ""));
        return address.isLoopbackAddress() ? loopbackAllowed : Destination.isPublic(address);
    }
}
