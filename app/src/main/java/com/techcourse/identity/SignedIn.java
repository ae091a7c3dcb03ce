package com.techcourse.identity;

import com.techcourse.platform.Acting;
import java.security.Principal;
import java.util.List;
import java.util.UUID;

/** The person at the other end, and the one role that the person acts as now. */
public record SignedIn(UUID userId, String displayName, String actingRole, List<String> roles) implements Principal {

    public SignedIn {
        roles = List.copyOf(roles);
    }

    public Acting acting() {
        return new Acting(userId, actingRole);
    }

    @Override
    public String getName() {
        return userId.toString();
    }
}
