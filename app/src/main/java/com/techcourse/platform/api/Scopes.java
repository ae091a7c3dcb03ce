package com.techcourse.platform.api;

import java.util.List;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;

/** What an API token may be good for: reading or writing in one room, such as {@code learning:write}. */
public final class Scopes {

    /** All there are. */
    public static final List<String> ALL = List.of(
            "identity:read",
            "identity:write",
            "catalog:read",
            "catalog:write",
            "learning:read",
            "learning:write",
            "sales:read",
            "sales:write",
            "audit:read",
            "reporting:read",
            "analytics:read",
            "platform:read",
            "platform:write",
            "loading:read",
            "loading:write");

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private Scopes() {}

    static String of(HandlerMethod handler, String httpMethod) {
        return room(handler.getBeanType()) + (READING.contains(httpMethod) ? ":read" : ":write");
    }

    /** The room that a class belongs to. */
    static String room(Class<?> type) {
        String below = type.getPackageName().replaceFirst("^com\\.techcourse\\.", "");
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }
}
