package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.identity.web.ProviderSignIns.Answer;
import com.techcourse.identity.web.ProviderSignIns.Outcome;
import com.techcourse.identity.web.ProviderSignIns.Waiting;
import com.techcourse.identity.web.Providers.Provider;
import com.techcourse.platform.api.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** To a provider and back; with the second factor of the academy, for whoever has one. */
@Controller
class ProviderPages {

    private final Providers providers;
    private final ProviderSignIns signIns;
    private final SecondFactors secondFactors;
    private final Arrivals arrivals;
    private final Throttles throttles;

    ProviderPages(
            Providers providers,
            ProviderSignIns signIns,
            SecondFactors secondFactors,
            Arrivals arrivals,
            Throttles throttles) {
        this.providers = providers;
        this.signIns = signIns;
        this.secondFactors = secondFactors;
        this.arrivals = arrivals;
        this.throttles = throttles;
    }

    @GetMapping("/sign-in/with/{name}")
    String go(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Provider provider = provider(name);
        String target = LocalPath.of(next).orElse("");
        try {
            throttles.ofAddress("provider-sign-in", request.getRemoteAddr(), 300, Duration.ofHours(1));
        } catch (Refused _) {
            return refused("too-often", provider, target, response, model);
        }
        ProviderJourney journey = ProviderJourney.begin();
        Optional<String> there = signIns.begin(provider, journey, target);
        if (there.isEmpty()) {
            return refused("away", provider, target, response, model);
        }
        JourneyCookie.set(request, response, journey);
        return "redirect:" + there.get();
    }

    @GetMapping("/sign-in/with/{name}/back")
    String back(
            @AuthenticationPrincipal @Nullable SignedIn person,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String state,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Provider provider = provider(name);
        // somebody else's state ends nothing
        ProviderJourney journey = JourneyCookie.journey(request)
                .filter(own -> state != null && own.isStateOfThis(state))
                .orElse(null);
        String next =
                journey == null ? null : signIns.returned(provider, journey).orElse(null);
        if (journey == null || next == null || state == null || code == null) {
            return refused("refused", provider, next, response, model);
        }
        Answer answer =
                new Answer(code, state, request.getLocale().getLanguage().equals("de") ? "de" : "en");
        return switch (signIns.enter(provider, journey, answer, person)) {
            case Outcome.Welcome welcome -> {
                signIns.end(journey);
                JourneyCookie.clear(request, response);
                yield person != null
                        ? "redirect:" + LocalPath.of(next).orElse(SecurityPages.PATH)
                        : arrivals.welcome(
                                welcome.userId(), welcome.roles(), false, LocalPath.of(next), request, response);
            }
            case Outcome.Code _ -> "redirect:/sign-in/code";
            case Outcome.Confirm _ -> "redirect:" + IdentityPages.PATH;
            case Outcome.Letter _ -> {
                model.addAttribute("provider", provider.displayName());
                yield "identity/link-asked";
            }
            case Outcome.Refused refused -> refused(refused.why(), provider, next, response, model);
        };
    }

    @GetMapping("/sign-in/code")
    String askForCode(HttpServletRequest request) {
        return waiting(request).isPresent() ? "identity/provider-code" : "redirect:/sign-in";
    }

    @PostMapping("/sign-in/code")
    String code(
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Waiting waiting = waiting(request).orElse(null);
        if (waiting == null) {
            return "redirect:/sign-in";
        }
        return switch (secondFactors.show(waiting.person().userId(), code, request.getRemoteAddr())) {
            case SecondFactors.Outcome.Missing _, SecondFactors.Outcome.Wrong _ -> {
                model.addAttribute("wrong", true);
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield "identity/provider-code";
            }
            case SecondFactors.Outcome.Wait wait -> {
                model.addAttribute("waitSeconds", wait.howLong().toSeconds());
                response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                response.setHeader("Retry-After", String.valueOf(wait.howLong().toSeconds()));
                yield "identity/provider-code";
            }
            case SecondFactors.Outcome.Shown _, SecondFactors.Outcome.NotNeeded _ -> open(waiting, request, response);
        };
    }

    private String open(Waiting waiting, HttpServletRequest request, HttpServletResponse response) {
        ProviderJourney journey = JourneyCookie.journey(request).orElseThrow();
        JourneyCookie.clear(request, response);
        return signIns.end(journey)
                ? arrivals.welcome(
                        waiting.person().userId(),
                        waiting.person().roles(),
                        true,
                        LocalPath.of(waiting.next()),
                        request,
                        response)
                : "redirect:/sign-in";
    }

    private Optional<Waiting> waiting(HttpServletRequest request) {
        return JourneyCookie.journey(request).flatMap(signIns::waiting);
    }

    private Provider provider(String name) {
        return providers.find(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private String refused(
            String why, Provider provider, @Nullable String next, HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("email", "");
        model.addAttribute("next", next == null ? "" : next);
        model.addAttribute("providerRefusal", "sign-in.provider." + why);
        model.addAttribute("provider", provider.displayName());
        model.addAttribute("providers", providers.all());
        return "identity/sign-in";
    }
}
