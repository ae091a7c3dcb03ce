package com.techcourse.identity.web;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page of our own to go on to; never another site's. */
final class LocalPath {

    private LocalPath() {}

    static Optional<String> of(@Nullable String text) {
        if (text == null
                || text.length() > 500
                || !text.startsWith("/")
                || text.startsWith("//")
                || text.startsWith("/sign-")
                || text.chars().anyMatch(c -> c == '\\' || c <= ' ' || c == 127)) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text);
            return uri.getScheme() == null && uri.getRawAuthority() == null ? Optional.of(text) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
