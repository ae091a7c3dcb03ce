package com.techcourse.identity.web;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * The wish to become an instructor, and what came of it.
 *
 * @param status open, approved, declined or withdrawn
 * @param reason what the admin said to it
 */
record RoleRequest(
        UUID id,
        UUID userId,
        String displayName,
        String role,
        String motivation,
        String status,
        @Nullable String reason,
        OffsetDateTime requestedAt,
        @Nullable OffsetDateTime decidedAt) {

    static final String SELECT = """
            select r.id, r.user_id, u.display_name, r.role, r.motivation, r.status, r.reason, r.requested_at, r.decided_at
              from identity.role_requests r join identity.users u on u.id = r.user_id
            """;

    static RoleRequest of(Record row) {
        return new RoleRequest(
                row.get("id", UUID.class),
                row.get("user_id", UUID.class),
                row.get("display_name", String.class),
                row.get("role", String.class),
                row.get("motivation", String.class),
                row.get("status", String.class),
                row.get("reason", String.class),
                row.get("requested_at", OffsetDateTime.class),
                row.get("decided_at", OffsetDateTime.class));
    }
}
