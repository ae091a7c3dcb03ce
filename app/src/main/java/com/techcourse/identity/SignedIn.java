package com.techcourse.identity;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingPerson;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * The person at the other end, and the one role that the person acts as now.
 *
 * @param scopes what the token of a program is good for; null for a person at a browser, who may do all
 */
public record SignedIn(
        UUID userId,
        String displayName,
        String actingRole,
        List<String> roles,
        @Nullable Set<String> scopes) implements AuthenticatedPrincipal, ActingPerson {

    public SignedIn {
        roles = List.copyOf(roles);
        scopes = scopes == null ? null : Set.copyOf(scopes);
    }

    /** A person at a browser. */
    public SignedIn(UUID userId, String displayName, String actingRole, List<String> roles) {
        this(userId, displayName, actingRole, roles, null);
    }

    @Override
    public boolean mayUse(String scope) {
        return scopes == null || scopes.contains(scope);
    }

    /** For what concerns nobody but the person: whatever role is acted as, also one that only reads reports. */
    public Acting self() {
        return new Acting(userId, "visitor");
    }

    @Override
    public Acting acting() {
        return new Acting(userId, actingRole);
    }

    @Override
    public String getName() {
        return userId.toString();
    }
}
