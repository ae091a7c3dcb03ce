package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Accounts elsewhere by which people sign in here. */
@Component
class Identities {

    private final ActingTransactions transactions;

    Identities(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    /** Whose account this browser is about to link with which provider. */
    Optional<Waiting> waiting(ProviderJourney journey) {
        return transactions.read(
                Acting.visitor(),
                database -> database.fetchOptional(
                                "select user_id, provider from identity.awaits_link(?)", journey.hash())
                        .map(row -> new Waiting(row.get("user_id", UUID.class), row.get("provider", String.class))));
    }

    /** Links it, once, and names the provider. */
    String confirm(Acting who, ProviderJourney journey, @Nullable String letter) {
        return transactions.write(who, database -> (String) Objects.requireNonNull(database.fetchValue(
                "select identity.confirm_identity(?, ?)", journey.hash(), letter == null ? null : Sha256.of(letter))));
    }

    List<Identity> of(SignedIn person) {
        return transactions.read(
                person.self(),
                database -> database.fetch("select id, provider, issuer, linked_at from identity.own_identities()")
                        .map(row -> new Identity(
                                row.get("id", UUID.class),
                                row.get("provider", String.class),
                                row.get("issuer", String.class),
                                row.get("linked_at", OffsetDateTime.class))));
    }

    /** Whether there was such a link. */
    boolean unlink(SignedIn person, UUID id) {
        return transactions.write(
                person.self(),
                database -> Boolean.TRUE.equals(database.fetchValue("select identity.unlink_identity(?)", id)));
    }

    record Waiting(UUID userId, String provider) {}

    record Identity(UUID id, String provider, String issuer, OffsetDateTime linkedAt) {}
}
