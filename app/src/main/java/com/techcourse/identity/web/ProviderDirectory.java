package com.techcourse.identity.web;

import com.techcourse.identity.web.Providers.Provider;
import com.techcourse.identity.web.Providers.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Addresses and keys of providers, by OpenID Connect Discovery. A provider is asked when somebody first goes there, and
 * again until it answers, so that the academy starts and runs without it.
 */
@Component
class ProviderDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderDirectory.class);
    private static final ParameterizedTypeReference<Map<String, Object>> DOCUMENT =
            new ParameterizedTypeReference<>() {};

    private final Map<String, ClientRegistration> known = new ConcurrentHashMap<>();
    private final RestClient http =
            RestClient.builder().requestFactory(Patience.requests()).build();

    /** Empty while the provider cannot be reached, or says nothing useful; the log tells why. */
    Optional<ClientRegistration> registration(Provider provider) {
        ClientRegistration found = known.get(provider.name());
        if (found == null) {
            try {
                found = discovered(provider);
                known.put(provider.name(), found);
            } catch (RestClientResponseException e) {
                LOG.warn("The provider {} cannot be used now: it answers {}", provider.name(), e.getStatusCode());
            } catch (RestClientException | IllegalArgumentException e) {
                LOG.warn("The provider {} cannot be used now: {}", provider.name(), e.getMessage());
            }
        }
        return Optional.ofNullable(found);
    }

    private ClientRegistration discovered(Provider provider) {
        Settings settings = provider.settings();
        Map<String, Object> document = http.get()
                .uri(URI.create(settings.issuer().replaceFirst("/$", "") + "/.well-known/openid-configuration"))
                .retrieve()
                .body(DOCUMENT);
        if (document == null || !settings.issuer().equals(document.get("issuer"))) {
            throw new IllegalArgumentException("its document is not that of the issuer " + settings.issuer());
        }
        ClientRegistration.Builder registration = ClientRegistrations.fromOidcConfiguration(document)
                .registrationId(provider.name())
                .clientId(settings.clientId())
                .scope("openid", "email", "profile");
        return (settings.clientSecret() == null
                        ? registration.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        : registration.clientSecret(settings.clientSecret()))
                .build();
    }
}
