package com.techcourse.identity.web;

import com.techcourse.platform.ClientAddress;
import com.techcourse.platform.StaffPage;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.ProblemDocuments;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/** Who may open what: public pages, the rooms' staff pages for one role each, nothing else. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final String[] PUBLIC = {
        "/",
        "/courses/**",
        "/certificates/*",
        "/covers/**",
        "/sign-in",
        "/sign-in/with/**",
        "/sign-in/code",
        "/link-identity",
        "/link-identity/*",
        "/sign-out",
        "/sign-up",
        "/verify/*",
        "/confirm-email/*",
        "/reset-password",
        "/reset-password/*",
        "/outbox",
        "/seats/*",
        "/organisations/join/*",
        "/error",
        "/assets/**",
        "/webjars/**",
        "/actuator/health/**"
    };

    private final String metricsToken;

    SecurityConfiguration(@Value("${techcourse.metrics-token:}") String metricsToken) {
        this.metricsToken = metricsToken;
    }

    @Bean
    SecurityFilterChain pages(
            HttpSecurity http,
            DatabaseSecurityContexts contexts,
            CsrfTokenRepository csrfTokens,
            List<StaffPage> staffPages) {
        Guard guard = new Guard(staffPages);
        return http.authorizeHttpRequests(requests -> {
                    requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                            .permitAll();
                    requests.requestMatchers(PUBLIC).permitAll();
                    requests.requestMatchers("/actuator/prometheus").access((_, context) -> metrics(context));
                    requests.requestMatchers("/sign-in/role", SecurityPages.PATH, SecurityPages.PATH + "/**")
                            .authenticated();
                    staffPages.forEach(
                            page -> requests.requestMatchers(page.patterns()).hasRole(page.role()));
                    requests.anyRequest().denyAll();
                })
                .securityContext(context -> context.securityContextRepository(contexts))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
                .exceptionHandling(
                        refusals -> refusals.authenticationEntryPoint(guard).accessDeniedHandler(guard))
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /**
     * The API: who may call what, each endpoint says. A browser's cookie alone moves nothing, the CSRF token must come
     * with it as a header; a program shows its token instead of a cookie.
     */
    @Bean
    @Order(1)
    SecurityFilterChain api(
            HttpSecurity http,
            DatabaseSecurityContexts contexts,
            CsrfTokenRepository csrfTokens,
            OtherFrontEnds otherFrontEnds,
            ProblemDocuments problems) {
        return http.securityMatcher(Api.PREFIX + "/**", "/v3/api-docs/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .cors(cors -> cors.configurationSource(otherFrontEnds))
                .securityContext(context -> context.securityContextRepository(contexts))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens)
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .requireCsrfProtectionMatcher(SecurityConfiguration::movesByCookie))
                .exceptionHandling(refusals -> refusals.accessDeniedHandler(
                        (request, response, _) -> problems.write("csrf-token-missing", request, response)))
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Metrics are for this machine, and for whoever shows the token that an operator has set. */
    private AuthorizationDecision metrics(RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        boolean local = ClientAddress.isThisMachine(request);
        byte[] shown = String.valueOf(request.getHeader("Authorization")).getBytes(StandardCharsets.UTF_8);
        byte[] wanted = ("Bearer " + metricsToken).getBytes(StandardCharsets.UTF_8);
        return new AuthorizationDecision(local || !metricsToken.isEmpty() && MessageDigest.isEqual(shown, wanted));
    }

    private static boolean movesByCookie(HttpServletRequest request) {
        return !SAFE.contains(request.getMethod())
                && request.getHeader("Authorization") == null
                && SessionCookie.token(request).isPresent();
    }

    @Bean
    CsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("techcourse_csrf");
        tokens.setHeaderName("X-CSRF-Token");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return tokens;
    }

    /** Nobody: people are in the database, and no password is made up at the start. */
    @Bean
    UserDetailsService noUsersInMemory() {
        return new InMemoryUserDetailsManager();
    }
}
