package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.api.Limit;
import jakarta.servlet.http.HttpServletRequest;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the page about the security of one's account shows. */
@Component
class SecurityPage {

    private static final Limit MOST_TOKENS = new Limit(100);

    private final OwnSecondFactor factor;
    private final Reassurance reassurance;
    private final OwnSessionsApi sessions;
    private final TokensApi tokens;
    private final Identities identities;
    private final Providers providers;

    SecurityPage(
            OwnSecondFactor factor,
            Reassurance reassurance,
            OwnSessionsApi sessions,
            TokensApi tokens,
            Identities identities,
            Providers providers) {
        this.factor = factor;
        this.reassurance = reassurance;
        this.sessions = sessions;
        this.tokens = tokens;
        this.identities = identities;
        this.providers = providers;
    }

    String show(SignedIn person, HttpServletRequest request, Model model) {
        OwnSecondFactor.State state = factor.of(person);
        model.addAttribute("enabled", state.enabled());
        model.addAttribute("required", state.required());
        model.addAttribute("codesLeft", state.recoveryCodesLeft());
        model.addAttribute("hasPassword", reassurance.hasPassword(person));
        model.addAttribute(
                "browsers",
                sessions.list(person, request).items().stream()
                        .map(OpenBrowser::of)
                        .toList());
        model.addAttribute(
                "tokens",
                tokens.list(person, null, MOST_TOKENS).items().stream()
                        .map(Token::of)
                        .toList());
        model.addAttribute("providers", providers.all());
        model.addAttribute(
                "identities",
                identities.of(person).stream()
                        .map(identity -> new Elsewhere(
                                identity.id(), providers.displayName(identity.provider()), identity.linkedAt()))
                        .toList());
        return "identity/security";
    }

    /** A browser on the page. */
    public record OpenBrowser(
            UUID id,
            String browser,
            @Nullable String system,
            String role,
            OffsetDateTime since,
            @Nullable String address,
            boolean current) {

        static OpenBrowser of(OwnSessionsApi.OpenSession session) {
            BrowserName name = BrowserName.of(session.userAgent());
            return new OpenBrowser(
                    session.id(),
                    name.browser(),
                    name.system().orElse(null),
                    session.role(),
                    session.createdAt(),
                    session.address(),
                    session.current());
        }
    }

    /** An account elsewhere on the page. */
    public record Elsewhere(UUID id, String name, OffsetDateTime linkedAt) {}

    /** A token of a program on the page. */
    public record Token(
            UUID id,
            String name,
            String role,
            List<String> scopes,
            OffsetDateTime expiresAt,
            @Nullable OffsetDateTime lastUsedAt) {

        static Token of(TokensApi.Token token) {
            return new Token(
                    token.id(), token.name(), token.role(), token.scopes(), token.expiresAt(), token.lastUsedAt());
        }
    }
}
