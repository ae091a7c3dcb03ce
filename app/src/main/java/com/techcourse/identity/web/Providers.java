package com.techcourse.identity.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** OpenID Connect providers of the configuration, see {@code docs/sign-in-with-providers.md}; often there are none. */
@Component
class Providers {

    private final Map<String, Provider> byName = new LinkedHashMap<>();

    Providers(Environment environment) {
        new TreeMap<>(Binder.get(environment)
                        .bind("techcourse.oidc", Bindable.mapOf(String.class, Settings.class))
                        .orElse(Map.of()))
                .forEach((name, settings) -> byName.put(name, new Provider(name, settings)));
    }

    /** By name. */
    List<Provider> all() {
        return List.copyOf(byName.values());
    }

    Optional<Provider> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What people call it; of one that is no longer configured, its short name. */
    String displayName(String name) {
        return find(name).map(Provider::displayName).orElse(name);
    }

    /** @param clientSecret absent for a public client, which PKCE alone protects */
    record Settings(
            String issuer,
            String clientId,
            @Nullable String clientSecret,
            @Nullable String displayName) {

        @Override
        public String toString() {
            return issuer;
        }
    }

    /** One provider; {@code name} is a part of the address that it sends people back to. */
    public record Provider(String name, Settings settings) {

        public String displayName() {
            return Objects.requireNonNullElse(settings.displayName(), name);
        }
    }
}
