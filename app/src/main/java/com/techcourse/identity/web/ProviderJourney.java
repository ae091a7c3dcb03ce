package com.techcourse.identity.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * One way to a provider and back. The browser keeps the secret in a cookie; state, nonce and PKCE verifier are made
 * from it, so that no node has to remember them and a reader of the database learns none.
 */
record ProviderJourney(String secret) {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static ProviderJourney begin() {
        return new ProviderJourney(SecretToken.fresh().value());
    }

    /** Its name in the database. */
    byte[] hash() {
        return Sha256.of(secret);
    }

    boolean isStateOfThis(String state) {
        return MessageDigest.isEqual(
                derived("state").getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
    }

    OAuth2AuthorizationRequest request(ClientRegistration registration, String redirectUri) {
        String nonce = derived("nonce");
        String verifier = derived("verifier");
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(
                        Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
                .clientId(registration.getClientId())
                .redirectUri(redirectUri)
                .scopes(registration.getScopes())
                .state(derived("state"))
                .attributes(attributes -> attributes.putAll(
                        Map.of(OidcParameterNames.NONCE, nonce, PkceParameterNames.CODE_VERIFIER, verifier)))
                .additionalParameters(parameters -> parameters.putAll(Map.of(
                        OidcParameterNames.NONCE, BASE64.encodeToString(Sha256.of(nonce)),
                        PkceParameterNames.CODE_CHALLENGE, BASE64.encodeToString(Sha256.of(verifier)),
                        PkceParameterNames.CODE_CHALLENGE_METHOD, "S256")))
                .build();
    }

    private String derived(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return BASE64.encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256.", e);
        }
    }

    @Override
    public String toString() {
        return "…";
    }
}
