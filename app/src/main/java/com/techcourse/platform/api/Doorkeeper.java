package com.techcourse.platform.api;

import com.techcourse.platform.ActingPerson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets in whom {@link OpenTo} names, and programs only where the scopes of their token reach. */
final class Doorkeeper implements HandlerInterceptor {

    /** As whom a person of the staff acts who has yet to show a second factor. */
    private static final String ROLE_NOT_IN_FORCE = "visitor";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && method.getBeanType().isAnnotationPresent(Api.class)) {
            OpenTo door = method.getMethodAnnotation(OpenTo.class);
            admit(door == null ? List.of() : List.of(door.value()), Scopes.of(method, request.getMethod()));
            BodyLimit limit = method.getMethodAnnotation(BodyLimit.class);
            LimitedBodies.expect(request, limit == null ? BodyLimit.DEFAULT : limit.value());
        }
        return true;
    }

    private static void admit(List<String> door, String scope) {
        Optional<ActingPerson> caller = caller();
        if (caller.isPresent() && !caller.get().mayUse(scope)) {
            throw new Refused("forbidden", "The token does not have the scope " + scope + ".");
        }
        if (door.contains(OpenTo.EVERYONE)) {
            return;
        }
        if (caller.isEmpty()) {
            throw new Refused("unauthenticated");
        }
        String role = caller.get().acting().role();
        if (!door.contains(OpenTo.SIGNED_IN) && role.equals(ROLE_NOT_IN_FORCE)) {
            throw new Refused(
                    "second-factor-needed", "This role needs a second factor; set one up, then sign in with it.");
        }
        if (!door.contains(OpenTo.SIGNED_IN) && !door.contains(role)) {
            throw new Refused("forbidden", "This is for " + String.join(", ", door) + "; act as such, if you are one.");
        }
    }

    static Optional<ActingPerson> caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof ActingPerson person
                ? Optional.of(person)
                : Optional.empty();
    }
}
