package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.Acting;
import com.techcourse.platform.api.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where a link to an account elsewhere is confirmed: by the letter to the account's address, or signed in to the account
 * with the password once more; either way in the browser that came from the provider.
 */
@Controller
@RequestMapping(IdentityPages.PATH)
class IdentityPages {

    static final String PATH = "/link-identity";

    private static final Map<String, String> SENTENCES = Map.of(
            "TC146", "link-identity.old",
            "23505", "link-identity.taken",
            "too-many-requests", "refused.too-often",
            "proof-needed", "security.refused.proof");

    private final Identities identities;
    private final Providers providers;
    private final Reassurance reassurance;

    IdentityPages(Identities identities, Providers providers, Reassurance reassurance) {
        this.identities = identities;
        this.providers = providers;
        this.reassurance = reassurance;
    }

    @GetMapping
    String ask(@AuthenticationPrincipal @Nullable SignedIn person, HttpServletRequest request, Model model) {
        if (person == null) {
            return "redirect:/sign-in?next=" + PATH;
        }
        return form(person, PATH, request, model);
    }

    @GetMapping("/{token}")
    String ask(@PathVariable String token, HttpServletRequest request, Model model) {
        return form(null, PATH + "/" + token, request, model);
    }

    @PostMapping
    String link(
            @AuthenticationPrincipal @Nullable SignedIn person,
            @RequestParam(required = false) @Nullable String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (person == null) {
            return "redirect:/sign-in?next=" + PATH;
        }
        form(person, PATH, request, model);
        return answered(request, response, model, journey -> {
            reassurance.require(person, password, request);
            return identities.confirm(person.self(), journey, null);
        });
    }

    @PostMapping("/{token}")
    String link(@PathVariable String token, HttpServletRequest request, HttpServletResponse response, Model model) {
        form(null, PATH + "/" + token, request, model);
        return answered(request, response, model, journey -> identities.confirm(Acting.visitor(), journey, token));
    }

    /** @param person null where a letter asks */
    private String form(@Nullable SignedIn person, String action, HttpServletRequest request, Model model) {
        Optional<Identities.Waiting> waiting = JourneyCookie.journey(request)
                .flatMap(identities::waiting)
                .filter(asked -> person == null || asked.userId().equals(person.userId()));
        model.addAttribute("action", action);
        waiting.ifPresentOrElse(
                asked -> model.addAttribute("provider", providers.displayName(asked.provider())),
                () -> model.addAttribute("refused", "link-identity.old"));
        model.addAttribute("waiting", waiting.isPresent());
        model.addAttribute("owner", person == null ? null : person.displayName());
        model.addAttribute("password", person != null && waiting.isPresent() && reassurance.hasPassword(person));
        return "identity/link-identity";
    }

    private String answered(
            HttpServletRequest request, HttpServletResponse response, Model model, Confirmation confirmation) {
        String refusal;
        try {
            String provider =
                    confirmation.of(JourneyCookie.journey(request).orElseThrow(() -> new Refused("link-not-usable")));
            JourneyCookie.clear(request, response);
            model.addAttribute("provider", providers.displayName(provider));
            model.addAttribute(
                    "linked",
                    providers.find(provider).map(Providers.Provider::name).orElse(""));
            return "identity/link-identity";
        } catch (Refused refused) {
            refusal = refused.type();
        } catch (DataAccessException refused) {
            refusal = refused.sqlState();
        }
        boolean stale = refusal.equals("proof-needed") && Boolean.FALSE.equals(model.getAttribute("password"));
        model.addAttribute(
                "refused", stale ? "security.refused.stale" : SENTENCES.getOrDefault(refusal, "link-identity.old"));
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return "identity/link-identity";
    }

    @FunctionalInterface
    private interface Confirmation {

        /** The provider that is linked now. */
        String of(ProviderJourney journey);
    }
}
