package com.techcourse.identity.web;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Exchanges the code that a browser brings back for what the provider says of the person: signed, for us, for now. */
@Component
class ProviderExchange {

    private final OidcAuthorizationCodeAuthenticationProvider framework;

    ProviderExchange() {
        OidcIdTokenDecoderFactory decoders = new OidcIdTokenDecoderFactory();
        decoders.setJwsAlgorithmResolver(ProviderExchange::signature);
        framework = new OidcAuthorizationCodeAuthenticationProvider(tokens(), persons());
        framework.setJwtDecoderFactory(decoders);
    }

    Outcome exchange(ClientRegistration registration, OAuth2AuthorizationExchange answers) {
        try {
            Object proved = Objects.requireNonNull(
                            framework.authenticate(new OAuth2LoginAuthenticationToken(registration, answers)))
                    .getPrincipal();
            return proved instanceof OidcUser person ? new Outcome.Proved(person) : new Outcome.Refused("no person");
        } catch (AuthenticationException e) {
            return isOfTheNetwork(e) ? new Outcome.Away() : new Outcome.Refused(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isOfTheNetwork(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /** RS256, which every provider knows, unless it says that it signs by others only; never by a shared secret. */
    private static SignatureAlgorithm signature(ClientRegistration registration) {
        Object offered = registration
                .getProviderDetails()
                .getConfigurationMetadata()
                .get("id_token_signing_alg_values_supported");
        List<?> names = offered instanceof List<?> list ? list : List.of();
        return names.contains("RS256")
                ? SignatureAlgorithm.RS256
                : names.stream()
                        .map(name -> SignatureAlgorithm.from(String.valueOf(name)))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(SignatureAlgorithm.RS256);
    }

    private static RestClientAuthorizationCodeTokenResponseClient tokens() {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(Patience.requests())
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return tokens;
    }

    private static OidcUserService persons() {
        RestTemplate http = new RestTemplate(Patience.requests());
        http.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        DefaultOAuth2UserService userInfo = new DefaultOAuth2UserService();
        userInfo.setRestOperations(http);
        OidcUserService persons = new OidcUserService();
        persons.setOauth2UserService(userInfo);
        return persons;
    }

    sealed interface Outcome {

        record Proved(OidcUser person) implements Outcome {}

        /** @param why for the log */
        record Refused(String why) implements Outcome {}

        record Away() implements Outcome {}
    }
}
