package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.identity.web.Providers.Provider;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.mail.PublicUrl;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Sends people to a provider, and has the database decide what becomes of them when they are back. */
@Component
class ProviderSignIns {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIns.class);

    private final ActingTransactions transactions;
    private final ProviderDirectory directory;
    private final ProviderExchange exchange;
    private final PublicUrl url;

    ProviderSignIns(
            ActingTransactions transactions, ProviderDirectory directory, ProviderExchange exchange, PublicUrl url) {
        this.transactions = transactions;
        this.directory = directory;
        this.exchange = exchange;
        this.url = url;
    }

    /** Where the browser goes now; empty while the provider is away. */
    Optional<String> begin(Provider provider, ProviderJourney journey, String next) {
        return directory.registration(provider).map(registration -> {
            transactions.write(
                    Acting.visitor(),
                    database -> database.execute(
                            "select identity.begin_provider_sign_in(?, ?, ?)", journey.hash(), provider.name(), next));
            return journey.request(registration, back(provider)).getAuthorizationRequestUri();
        });
    }

    /** The page that was wanted; empty for a way that nobody went, or that ended before. */
    Optional<String> returned(Provider provider, ProviderJourney journey) {
        return Optional.ofNullable(transactions.write(
                Acting.visitor(),
                database -> database.fetchSingle(
                                "select identity.return_from_provider(?, ?)", journey.hash(), provider.name())
                        .into(String.class)));
    }

    Outcome enter(Provider provider, ProviderJourney journey, Answer answer, @Nullable SignedIn signedIn) {
        ClientRegistration registration = directory.registration(provider).orElse(null);
        if (registration == null) {
            return new Outcome.Refused("away");
        }
        OAuth2AuthorizationExchange answers = new OAuth2AuthorizationExchange(
                journey.request(registration, back(provider)),
                OAuth2AuthorizationResponse.success(answer.code())
                        .state(answer.state())
                        .redirectUri(back(provider))
                        .build());
        return switch (exchange.exchange(registration, answers)) {
            case ProviderExchange.Outcome.Proved proved -> decided(journey, proved.person(), answer, signedIn);
            case ProviderExchange.Outcome.Away _ -> new Outcome.Refused("away");
            case ProviderExchange.Outcome.Refused refused -> {
                LOG.warn("The provider {} signed nobody in: {}", provider.name(), refused.why());
                yield new Outcome.Refused("refused");
            }
        };
    }

    private Outcome decided(ProviderJourney journey, OidcUser person, Answer answer, @Nullable SignedIn signedIn) {
        SecretToken link = SecretToken.fresh();
        try {
            Record found = transactions.write(
                    signedIn == null ? Acting.visitor() : signedIn.self(),
                    database -> database.fetchSingle(
                            "select outcome, user_id, roles from identity.enter_by_provider(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            journey.hash(),
                            String.valueOf(person.getIssuer()),
                            person.getSubject(),
                            person.getEmail(),
                            person.getEmailVerified(),
                            name(person),
                            answer.locale(),
                            link.hash(),
                            url.of("/link-identity/" + link.value())));
            return outcome(found);
        } catch (DataAccessException e) {
            if (e.sqlState().startsWith("23")) {
                LOG.warn("What a provider says of a person cannot be kept: {}", e.sqlState());
                return new Outcome.Refused("refused");
            }
            throw e;
        }
    }

    private static Outcome outcome(Record found) {
        return switch (found.get("outcome", String.class)) {
            case "welcome" ->
                new Outcome.Welcome(
                        found.get("user_id", UUID.class), Arrays.asList(found.get("roles", String[].class)));
            case "code" -> new Outcome.Code();
            case "letter" -> new Outcome.Letter();
            case "confirm" -> new Outcome.Confirm();
            case String why -> new Outcome.Refused(why);
        };
    }

    /** Whom a provider has signed in at this browser, who has yet to show a second factor. */
    Optional<Waiting> waiting(ProviderJourney journey) {
        return transactions.read(
                Acting.visitor(),
                database -> database.fetchOptional(
                                "select user_id, roles, next_path from identity.awaits_code(?)", journey.hash())
                        .map(row -> new Waiting(
                                new Outcome.Welcome(
                                        row.get("user_id", UUID.class),
                                        Arrays.asList(row.get("roles", String[].class))),
                                row.get("next_path", String.class))));
    }

    /** Whether this was the first to end it. */
    boolean end(ProviderJourney journey) {
        return transactions.write(
                Acting.visitor(),
                database -> Boolean.TRUE.equals(
                        database.fetchValue("select identity.end_provider_sign_in(?)", journey.hash())));
    }

    private String back(Provider provider) {
        return url.of("/sign-in/with/" + provider.name() + "/back");
    }

    private static String name(OidcUser person) {
        String name = Stream.of("name", "given_name", "preferred_username")
                .map(person::getClaimAsString)
                .map(text -> text == null ? "" : text.strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("Student");
        return name.substring(0, name.offsetByCodePoints(0, Math.min(120, name.codePointCount(0, name.length()))));
    }

    /** @param locale of the browser, for letters to a new account */
    record Answer(String code, String state, String locale) {}

    /** @param next page that was wanted; empty for the usual one */
    record Waiting(Outcome.Welcome person, String next) {}

    sealed interface Outcome {

        record Welcome(UUID userId, List<String> roles) implements Outcome {}

        /** A second factor is still to be shown. */
        record Code() implements Outcome {}

        /** A letter asks the owner of the address. */
        record Letter() implements Outcome {}

        /** Whoever is signed in is asked. */
        record Confirm() implements Outcome {}

        /** @param why away, refused, unverified, closed or taken: a part of a message's name */
        record Refused(String why) implements Outcome {

            public Refused {
                Objects.requireNonNull(why);
            }
        }
    }
}
