package com.techcourse.testing;

import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * A real OpenID Connect provider on this machine, with the academy {@code https://academy.example} as its client. Its
 * people are those that {@link #person} names; it insists on PKCE.
 */
public final class OpenIdProvider implements AutoCloseable {

    public static final String ACADEMY = "https://academy.example";

    private static final String SECRET = "known-to-the-academy";
    private static final int BITS = 2048;

    private final People people = new People();
    private final AnnotationConfigServletWebServerApplicationContext context =
            new AnnotationConfigServletWebServerApplicationContext();

    public OpenIdProvider() {
        context.registerBean(People.class, () -> people);
        context.register(Beans.class);
        context.refresh();
    }

    public String issuer() {
        return "http://127.0.0.1:"
                + Objects.requireNonNull(context.getWebServer()).getPort();
    }

    /** Settings of an academy to which this is the provider {@code acme}, and {@code gone} one that never answers. */
    public Map<String, Object> settings() {
        return Map.of(
                "techcourse.public-url", ACADEMY,
                "techcourse.oidc.acme.issuer", issuer(),
                "techcourse.oidc.acme.client-id", "academy",
                "techcourse.oidc.acme.client-secret", SECRET,
                "techcourse.oidc.acme.display-name", "Acme & Sons",
                "techcourse.oidc.gone.issuer", "http://127.0.0.1:9",
                "techcourse.oidc.gone.client-id", "academy");
    }

    /** What it says of somebody from now on. */
    public void person(String subject, String email, boolean verified) {
        people.claims.put(subject, Map.of("email", email, "email_verified", verified, "name", "Person " + subject));
    }

    /** Signs in there as somebody sent by {@code address}; answers the address that leads back, without its host. */
    public String visit(String address, String subject) {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        String form =
                location(browser, HttpRequest.newBuilder(URI.create(address)).GET());
        String further = location(
                browser,
                HttpRequest.newBuilder(URI.create(form))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=" + subject + "&password=secret")));
        return location(browser, HttpRequest.newBuilder(URI.create(further)).GET())
                .replaceFirst("^" + ACADEMY, "");
    }

    private static String location(HttpClient browser, HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    browser.send(request.header("Accept", "text/html").build(), HttpResponse.BodyHandlers.ofString());
            return answer.headers()
                    .firstValue("Location")
                    .map(location -> answer.uri().resolve(location).toString())
                    .orElseThrow(() -> new IllegalStateException("The provider answers " + answer.statusCode()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** What is said of whom. */
    static final class People {
        private final Map<String, Map<String, Object>> claims = new ConcurrentHashMap<>();
    }

    /** No {@code @Configuration}: the academy looks for those in all its packages. */
    @EnableWebSecurity
    static final class Beans {

        @Bean
        TomcatServletWebServerFactory webServer() {
            TomcatServletWebServerFactory server = new TomcatServletWebServerFactory(0);
            // without one a request ends before the filters that answer it
            server.setRegisterDefaultServlet(true);
            server.setAddress(InetAddress.getLoopbackAddress());
            return server;
        }

        @Bean
        SecurityFilterChain everything(HttpSecurity http) {
            return http.oauth2AuthorizationServer(server -> server.oidc(withDefaults()))
                    .oauth2ResourceServer(resource -> resource.jwt(withDefaults()))
                    .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .exceptionHandling(refusals ->
                            refusals.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/**"))
                    .formLogin(withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return name -> User.withUsername(name)
                    .password("{noop}secret")
                    .roles("USER")
                    .build();
        }

        @Bean
        RegisteredClientRepository clients() {
            return new InMemoryRegisteredClientRepository(RegisteredClient.withId("academy")
                    .clientId("academy")
                    .clientSecret("{noop}" + SECRET)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .redirectUri(ACADEMY + "/sign-in/with/acme/back")
                    .scopes(scopes -> scopes.addAll(Set.of("openid", "email", "profile")))
                    .clientSettings(ClientSettings.builder()
                            .requireProofKey(true)
                            .requireAuthorizationConsent(false)
                            .build())
                    .build());
        }

        @Bean
        JWKSource<SecurityContext> keys() throws JOSEException {
            return new ImmutableJWKSet<>(
                    new JWKSet(new RSAKeyGenerator(BITS).keyID("one").generate()));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        AuthorizationServerSettings addresses() {
            return AuthorizationServerSettings.builder().build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims(People people) {
            return token -> {
                if (token.getTokenType().getValue().equals(OidcParameterNames.ID_TOKEN)) {
                    people.claims
                            .getOrDefault(
                                    Objects.requireNonNull(token.<Authentication>getPrincipal())
                                            .getName(),
                                    Map.of())
                            .forEach(token.getClaims()::claim);
                }
            };
        }
    }
}
