package com.techcourse.platform.api;

import java.util.Set;
import org.springframework.web.method.HandlerMethod;

/** What an API token may be good for: reading or writing in one room, such as {@code learning:write}. */
public final class Scopes {

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
