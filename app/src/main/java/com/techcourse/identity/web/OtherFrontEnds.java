package com.techcourse.identity.web;

import com.techcourse.platform.api.Api;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/**
 * Pages of other sites that may call the API from a browser: those of {@code TECHCOURSE_ALLOWED_ORIGINS}, with a token,
 * never with our cookies.
 */
@Component
class OtherFrontEnds extends UrlBasedCorsConfigurationSource {

    OtherFrontEnds(@Value("${techcourse.allowed-origins:}") List<String> origins) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins);
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        rules.setAllowedHeaders(
                List.of("Authorization", "Content-Type", "If-Match", "Idempotency-Key", "X-Request-Id"));
        rules.setExposedHeaders(List.of(
                "ETag",
                "Location",
                "Retry-After",
                "RateLimit-Limit",
                "RateLimit-Remaining",
                "RateLimit-Reset",
                "X-Request-Id"));
        rules.setAllowCredentials(false);
        rules.setMaxAge(Duration.ofHours(1));
        registerCorsConfiguration(Api.PREFIX + "/**", rules);
        registerCorsConfiguration("/v3/api-docs/**", rules);
    }
}
