package com.techcourse.identity.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** Carries the secret of a way to a provider: who comes back, or confirms, must be the browser that went. */
final class JourneyCookie {

    static final String NAME = "techcourse_provider";

    private static final Duration LIFETIME = Duration.ofHours(2);

    private JourneyCookie() {}

    static Optional<ProviderJourney> journey(HttpServletRequest request) {
        return Arrays.stream(Objects.requireNonNullElse(request.getCookies(), new Cookie[0]))
                .filter(cookie -> cookie.getName().equals(NAME))
                .map(Cookie::getValue)
                .filter(secret -> secret.length() == 43)
                .findFirst()
                .map(ProviderJourney::new);
    }

    static void set(HttpServletRequest request, HttpServletResponse response, ProviderJourney journey) {
        add(request, response, journey.secret(), LIFETIME);
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, "", Duration.ZERO);
    }

    /** Lax: the provider sends the browser back from its own pages. */
    private static void add(HttpServletRequest request, HttpServletResponse response, String value, Duration lifetime) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(NAME, value)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .path("/")
                        .maxAge(lifetime)
                        .build()
                        .toString());
    }
}
