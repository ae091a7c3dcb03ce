package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.api.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The security of one's account: the second factor, the browsers that are signed in, the tokens of programs. */
@Controller
@RequestMapping(SecurityPages.PATH)
class SecurityPages {

    static final String PATH = "/account/security";

    private static final List<String> DONE = List.of("factor-off", "session-ended", "token-ended", "unlinked");

    private static final Map<String, String> SENTENCES = Map.of(
            "proof-needed", "security.refused.proof",
            "second-factor-needed", "security.refused.code-missing",
            "wrong-second-factor", "security.refused.code",
            "second-factor-unavailable", "security.refused.unavailable",
            "too-many-requests", "refused.too-often",
            "TC130", "security.refused.anew",
            "TC131", "security.refused.anew",
            "TC133", "security.refused.anew",
            "TC145", "security.refused.last-way-in");

    private final SecurityPage page;
    private final OwnSecondFactor factor;
    private final Reassurance reassurance;
    private final OwnSessionsApi sessions;
    private final TokensApi tokens;
    private final Identities identities;

    SecurityPages(
            SecurityPage page,
            OwnSecondFactor factor,
            Reassurance reassurance,
            OwnSessionsApi sessions,
            TokensApi tokens,
            Identities identities) {
        this.page = page;
        this.factor = factor;
        this.reassurance = reassurance;
        this.sessions = sessions;
        this.tokens = tokens;
        this.identities = identities;
    }

    @GetMapping
    String page(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam(required = false) @Nullable String done,
            HttpServletRequest request,
            Model model) {
        if (done != null && DONE.contains(done)) {
            model.addAttribute("done", "security.done." + done);
        }
        return page.show(person, request, model);
    }

    /** What a form answered is shown once; whoever comes back to its address begins at the page. */
    @GetMapping({"/second-factor", "/second-factor/*", "/recovery-codes", "/sessions/**", "/tokens/**", "/identities/**"
    })
    String back() {
        return "redirect:" + PATH;
    }

    @PostMapping("/second-factor")
    String begin(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam(required = false) @Nullable String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return answered("begin", model, response, () -> page.show(person, request, model), () -> {
            reassurance.require(person, password, request);
            OwnSecondFactor.SetUp setUp = factor.begin(person);
            model.addAttribute("qr", QrCode.of(setUp.otpauthUri()));
            model.addAttribute("uri", setUp.otpauthUri());
            model.addAttribute("key", setUp.secret().replaceAll("(.{4})(?!$)", "$1 "));
            return "identity/second-factor";
        });
    }

    @PostMapping("/second-factor/confirmation")
    String confirm(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return answered(
                "confirm",
                model,
                response,
                () -> "identity/second-factor",
                () -> codes(model, factor.confirm(person, code.strip(), session(request))));
    }

    @PostMapping("/recovery-codes")
    String renew(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return answered(
                "renew",
                model,
                response,
                () -> page.show(person, request, model),
                () -> codes(model, factor.renewRecoveryCodes(person, code, request.getRemoteAddr())));
    }

    @PostMapping("/second-factor/removal")
    String remove(
            @AuthenticationPrincipal SignedIn person,
            @RequestParam(required = false) @Nullable String password,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return answered("remove", model, response, () -> page.show(person, request, model), () -> {
            reassurance.require(person, password, request);
            factor.remove(person, code, request.getRemoteAddr());
            return done("factor-off");
        });
    }

    @PostMapping("/sessions/{id}/end")
    String endSession(@AuthenticationPrincipal SignedIn person, @PathVariable UUID id) {
        unlessGone(() -> sessions.end(person, id));
        return done("session-ended");
    }

    @PostMapping("/sessions/end")
    String endSessions(
            @AuthenticationPrincipal SignedIn person, HttpServletRequest request, HttpServletResponse response) {
        sessions.endAll(person);
        SessionCookie.clear(request, response);
        return "redirect:/sign-in";
    }

    @PostMapping("/tokens/{id}/end")
    String endToken(@AuthenticationPrincipal SignedIn person, @PathVariable UUID id) {
        unlessGone(() -> tokens.revoke(person, id));
        return done("token-ended");
    }

    @PostMapping("/identities/{id}/end")
    String unlink(
            @AuthenticationPrincipal SignedIn person,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return answered("unlink", model, response, () -> page.show(person, request, model), () -> {
            identities.unlink(person, id);
            return done("unlinked");
        });
    }

    /** What is gone already is as it was wished. */
    private static void unlessGone(Runnable work) {
        try {
            work.run();
        } catch (Refused refused) {
            if (!refused.type().equals("not-found")) {
                throw refused;
            }
        }
    }

    private static String done(String what) {
        return "redirect:" + PATH + "?done=" + what;
    }

    private static String codes(Model model, RecoveryCodes codes) {
        model.addAttribute("codes", codes.codes());
        model.addAttribute("file", "data:text/plain;charset=utf-8," + String.join("%0A", codes.codes()) + "%0A");
        return "identity/recovery-codes";
    }

    private static String session(HttpServletRequest request) {
        return SessionCookie.token(request).orElseThrow(() -> new Refused("unauthenticated"));
    }

    /** The form again, with the sentence at it, where the work was refused. */
    private static String answered(
            String form, Model model, HttpServletResponse response, Supplier<String> again, Supplier<String> work) {
        RuntimeException refused;
        try {
            return work.get();
        } catch (Refused | DataAccessException e) {
            refused = e;
        }
        String sentence = SENTENCES.get(name(refused));
        if (sentence == null) {
            throw refused;
        }
        model.addAttribute("refused", sentence).addAttribute("refusedForm", form);
        response.setStatus(422);
        return again.get();
    }

    private static String name(RuntimeException refused) {
        return switch (refused) {
            case Refused named -> named.type();
            case DataAccessException failure -> String.valueOf(failure.sqlState());
            default -> "";
        };
    }
}
