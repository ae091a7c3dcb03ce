package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Signing in and out, and acting as another of one's roles: the same session as that of the pages. */
@Api
class SessionApi {

    private final SignIn signIn;
    private final SecondFactors secondFactors;
    private final Sessions sessions;
    private final CsrfTokenRepository csrfTokens;

    SessionApi(SignIn signIn, SecondFactors secondFactors, Sessions sessions, CsrfTokenRepository csrfTokens) {
        this.signIn = signIn;
        this.secondFactors = secondFactors;
        this.sessions = sessions;
        this.csrfTokens = csrfTokens;
    }

    @PostMapping("/session")
    @OpenTo(OpenTo.EVERYONE)
    @Refuses({"wrong-sign-in", "second-factor-needed", "wrong-second-factor"})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Signs in",
            description =
                    "Sets the cookies techcourse_session and techcourse_csrf. Writes need csrf_token as the header X-CSRF-Token.")
    Session signIn(@RequestBody Credentials shown, HttpServletRequest request, HttpServletResponse response) {
        return switch (signIn.attempt(shown.email(), shown.password(), request.getRemoteAddr())) {
            case SignIn.Outcome.Wrong _ ->
                throw new Refused("wrong-sign-in", "This e-mail address and password do not belong together.");
            case SignIn.Outcome.Wait wait ->
                throw new Refused("too-many-requests", "There were too many tries in a row; wait a while.")
                        .with("retry_after", (int) wait.howLong().toSeconds());
            case SignIn.Outcome.Welcome welcome -> open(welcome, shown, request, response);
        };
    }

    private Session open(
            SignIn.Outcome.Welcome welcome,
            Credentials shown,
            HttpServletRequest request,
            HttpServletResponse response) {
        SecondFactors.Outcome factor =
                secondFactors.show(welcome.userId(), shown.secondFactor(), request.getRemoteAddr());
        List<String> roles = welcome.roles();
        String role = shown.role() != null ? shown.role() : roles.contains("student") ? "student" : roles.getFirst();
        refuseUnlessHeld(roles, role);
        String token = sessions.open(
                welcome.userId(), role, Sessions.Browser.of(request), SessionCookie.token(request), factor.proven());
        return kept(token, welcome.userId(), role, roles, request, response);
    }

    @GetMapping("/session")
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(summary = "Who is signed in", description = "And as which role; with a CSRF token for writes.")
    Session current(SignedIn person, HttpServletRequest request, HttpServletResponse response) {
        CsrfToken csrf = csrfTokens.loadToken(request);
        if (csrf == null) {
            csrf = csrfTokens.generateToken(request);
            csrfTokens.saveToken(csrf, request, response);
        }
        return new Session(person.userId(), person.actingRole(), person.roles(), csrf.getToken());
    }

    @PutMapping("/session/role")
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(summary = "Acts as another role", description = "One acts as one role at a time; the old session ends.")
    Session changeRole(
            SignedIn person, @RequestBody Role wanted, HttpServletRequest request, HttpServletResponse response) {
        String before = SessionCookie.token(request)
                .filter(_ -> person.scopes() == null)
                .orElseThrow(() ->
                        new Refused("forbidden", "A token of a program acts as the one role that it was made for."));
        refuseUnlessHeld(person.roles(), wanted.role());
        String token = sessions.switchRole(before, wanted.role(), Sessions.Browser.of(request))
                .orElseThrow(() -> new Refused("unauthenticated"));
        return kept(token, person.userId(), wanted.role(), person.roles(), request, response);
    }

    private static void refuseUnlessHeld(List<String> roles, String role) {
        if (!roles.contains(role)) {
            throw new Refused("forbidden", "You do not hold this role.", "role");
        }
    }

    private Session kept(
            String token,
            UUID user,
            String role,
            List<String> roles,
            HttpServletRequest request,
            HttpServletResponse response) {
        SessionCookie.set(request, response, token);
        CsrfToken csrf = csrfTokens.generateToken(request);
        csrfTokens.saveToken(csrf, request, response);
        return new Session(user, role, roles, csrf.getToken());
    }

    @DeleteMapping("/session")
    @OpenTo(OpenTo.SIGNED_IN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Signs out", description = "Of this browser only.")
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        SessionCookie.token(request).ifPresent(sessions::close);
        SessionCookie.clear(request, response);
        csrfTokens.saveToken(null, request, response);
    }

    /**
     * @param secondFactor code of an authenticator app, or a recovery code, for whoever has set one up
     * @param role to act as; a student where none is named, or the only role one has
     */
    record Credentials(
            @Schema(example = "ada@example.org") String email,

            @Schema(example = "correct horse battery staple")
            String password,

            @Schema(example = "123456") @Nullable String secondFactor,
            @Schema(example = "student") @Nullable String role) {}

    record Role(@Schema(example = "instructor") String role) {}

    /** @param roles all that the person holds */
    record Session(UUID userId, String role, List<String> roles, String csrfToken) {}
}
