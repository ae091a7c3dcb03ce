package com.techcourse.platform;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, and as which role, for one transaction. A person may be student and instructor; a transaction acts as one
 * of them, and row security sees only that one's rows. Without a user the person is not known: a visitor, or a
 * persona that works for the academy.
 */
public record Acting(@Nullable UUID userId, String role) {

    public static Acting visitor() {
        return new Acting(null, "visitor");
    }

    public static Acting student(UUID userId) {
        return new Acting(userId, "student");
    }

    public static Acting instructor(UUID userId) {
        return new Acting(userId, "instructor");
    }

    public static Acting admin(UUID userId) {
        return new Acting(userId, "admin");
    }

    /** Of {@code accountant}, {@code marketing}, {@code auditor}, {@code analyst}; sees exactly that role's views. */
    public static Acting persona(String role) {
        return new Acting(null, role);
    }
}
