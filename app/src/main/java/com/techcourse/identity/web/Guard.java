package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.StaffPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/**
 * What a refused request gets: nobody is asked to sign in, the wrong role is told so, and a path that no room declared
 * is not found, whoever asks.
 */
final class Guard implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final List<StaffPage> staffPages;

    Guard(List<StaffPage> staffPages) {
        this.staffPages = staffPages;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (isDeclared(request)) {
            askToSignIn(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        if (lacksOnlyASecondFactor(request)) {
            response.sendRedirect(SecurityPages.PATH);
            return;
        }
        boolean known = refusal instanceof CsrfException || isDeclared(request);
        response.sendError(known ? HttpServletResponse.SC_FORBIDDEN : HttpServletResponse.SC_NOT_FOUND);
    }

    /** Staff that must have a second factor and has none acts as nobody in particular until it is set up. */
    private boolean lacksOnlyASecondFactor(HttpServletRequest request) {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return request.getMethod().equals("GET")
                && known != null
                && known.getPrincipal() instanceof SignedIn person
                && person.actingRole().equals("visitor")
                && staffPages.stream()
                        .anyMatch(page -> page.guards(request.getRequestURI())
                                && person.roles().contains(page.role()));
    }

    private boolean isDeclared(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/sign-in/")
                || path.equals(SecurityPages.PATH)
                || path.startsWith(SecurityPages.PATH + "/")
                || staffPages.stream().anyMatch(page -> page.guards(path));
    }

    private static void askToSignIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String query = request.getQueryString();
        boolean page = request.getMethod().equals("GET");
        String wanted = page ? request.getRequestURI() + (query == null ? "" : "?" + query) : "/";
        String signIn = "/sign-in?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
        if (request.getHeader("HX-Request") == null) {
            response.sendRedirect(signIn);
        } else {
            response.setHeader("HX-Redirect", signIn);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }
}
