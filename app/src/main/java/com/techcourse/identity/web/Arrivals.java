package com.techcourse.identity.web;

import com.techcourse.platform.StaffPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Component;

/** What follows a sign-in at the pages, whichever it was: a session, in the role that the wanted page needs. */
@Component
class Arrivals {

    private final Sessions sessions;
    private final CsrfTokenRepository csrfTokens;
    private final List<StaffPage> staffPages;

    Arrivals(Sessions sessions, CsrfTokenRepository csrfTokens, List<StaffPage> staffPages) {
        this.sessions = sessions;
        this.csrfTokens = csrfTokens;
        this.staffPages = staffPages;
    }

    /** Opens the session, and says where to go. */
    String welcome(
            UUID userId,
            List<String> roles,
            boolean proven,
            Optional<String> target,
            HttpServletRequest request,
            HttpServletResponse response) {
        String role = roleFor(target, roles);
        keep(
                sessions.open(userId, role, Sessions.Browser.of(request), SessionCookie.token(request), proven),
                request,
                response);
        return "redirect:" + target.orElseGet(() -> landing(role));
    }

    void keep(String token, HttpServletRequest request, HttpServletResponse response) {
        SessionCookie.set(request, response, token);
        csrfTokens.saveToken(null, request, response);
    }

    /** The role that the wanted page needs, if the person holds it; else a staff role before a student's. */
    private String roleFor(Optional<String> target, List<String> roles) {
        return target.flatMap(path -> staffPages.stream()
                        .filter(page -> page.guards(path))
                        .map(StaffPage::role)
                        .filter(roles::contains)
                        .findFirst())
                .or(() -> staffPages.stream()
                        .map(StaffPage::role)
                        .filter(roles::contains)
                        .findFirst())
                .orElseGet(() -> roles.contains("student") ? "student" : roles.getFirst());
    }

    String landing(String role) {
        return staffPages.stream()
                .filter(page -> page.role().equals(role))
                .map(StaffPage::path)
                .findFirst()
                .orElse("/");
    }
}
