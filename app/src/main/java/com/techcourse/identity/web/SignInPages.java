package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in and out, and acting as another of one's roles. */
@Controller
class SignInPages {

    private final SignIn signIn;
    private final SecondFactors secondFactors;
    private final Sessions sessions;
    private final CsrfTokenRepository csrfTokens;
    private final Arrivals arrivals;
    private final Providers providers;

    SignInPages(
            SignIn signIn,
            SecondFactors secondFactors,
            Sessions sessions,
            CsrfTokenRepository csrfTokens,
            Arrivals arrivals,
            Providers providers) {
        this.signIn = signIn;
        this.secondFactors = secondFactors;
        this.sessions = sessions;
        this.csrfTokens = csrfTokens;
        this.arrivals = arrivals;
        this.providers = providers;
    }

    @GetMapping("/sign-in")
    String form(
            @AuthenticationPrincipal @Nullable SignedIn person,
            @RequestParam(required = false) @Nullable String next,
            Model model) {
        if (person != null) {
            return "redirect:" + LocalPath.of(next).orElseGet(() -> arrivals.landing(person.actingRole()));
        }
        return form(model, "", LocalPath.of(next).orElse(""));
    }

    @PostMapping("/sign-in")
    String submit(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Optional<String> target = LocalPath.of(next);
        form(model, email, target.orElse(""));
        if (email.isBlank() || password.isEmpty()) {
            model.addAttribute(email.isBlank() ? "emailMissing" : "passwordMissing", true);
            return refused(response, 422);
        }
        return switch (signIn.attempt(email, password, request.getRemoteAddr())) {
            case SignIn.Outcome.Wrong _ -> {
                model.addAttribute("wrong", true);
                yield refused(response, 422);
            }
            case SignIn.Outcome.Wait wait -> wait(wait.howLong(), response, model);
            case SignIn.Outcome.Welcome welcome -> {
                SecondFactors.Outcome factor = secondFactors.show(welcome.userId(), code, request.getRemoteAddr());
                model.addAttribute("codeNeeded", !(factor instanceof SecondFactors.Outcome.NotNeeded));
                yield switch (factor) {
                    case SecondFactors.Outcome.Missing _ -> refused(response, 422);
                    case SecondFactors.Outcome.Wrong _ -> {
                        model.addAttribute("codeWrong", true);
                        yield refused(response, 422);
                    }
                    case SecondFactors.Outcome.Wait wait -> wait(wait.howLong(), response, model);
                    case SecondFactors.Outcome.NotNeeded _, SecondFactors.Outcome.Shown _ ->
                        arrivals.welcome(welcome.userId(), welcome.roles(), factor.proven(), target, request, response);
                };
            }
        };
    }

    private static String wait(Duration howLong, HttpServletResponse response, Model model) {
        model.addAttribute("waitSeconds", howLong.toSeconds());
        response.setHeader("Retry-After", String.valueOf(howLong.toSeconds()));
        return refused(response, 429);
    }

    @PostMapping("/sign-in/role")
    String actAs(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam String role,
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!person.roles().contains(role)) {
            throw new AccessDeniedException("The person does not hold the role.");
        }
        Optional<String> token = SessionCookie.token(request)
                .flatMap(before -> sessions.switchRole(before, role, Sessions.Browser.of(request)));
        if (token.isEmpty()) {
            return "redirect:/sign-in";
        }
        arrivals.keep(token.get(), request, response);
        return "redirect:" + LocalPath.of(next).orElseGet(() -> arrivals.landing(role));
    }

    @PostMapping("/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        SessionCookie.token(request).ifPresent(sessions::close);
        SessionCookie.clear(request, response);
        csrfTokens.saveToken(null, request, response);
        return "redirect:/";
    }

    private String form(Model model, String email, String next) {
        model.addAttribute("email", email);
        model.addAttribute("next", next);
        model.addAttribute("providers", providers.all());
        return "identity/sign-in";
    }

    private static String refused(HttpServletResponse response, int status) {
        response.setStatus(status);
        return "identity/sign-in";
    }
}
