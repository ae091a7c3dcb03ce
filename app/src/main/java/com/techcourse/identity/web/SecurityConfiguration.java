package com.techcourse.identity.web;

import com.techcourse.platform.StaffPage;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/** Who may open what: public pages, the rooms' staff pages for one role each, nothing else. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String[] PUBLIC = {
        "/",
        "/courses/**",
        "/covers/**",
        "/sign-in",
        "/sign-out",
        "/error",
        "/assets/**",
        "/webjars/**",
        "/actuator/health/**"
    };

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
                    requests.requestMatchers("/sign-in/role").authenticated();
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

    @Bean
    CsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("techcourse_csrf");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return tokens;
    }

    /** Nobody: people are in the database, and no password is made up at the start. */
    @Bean
    UserDetailsService noUsersInMemory() {
        return new InMemoryUserDetailsManager();
    }
}
