package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Signed-in browsers, kept in {@code identity.sessions}, so that every node knows them and a restart forgets none. A
 * browser holds 32 random bytes; the database only their SHA-256.
 */
@Component
class Sessions {

    static final Duration LIFETIME = Duration.ofHours(12);

    private final ActingTransactions transactions;

    Sessions(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    /** Without a second factor, or with that of the session before it. */
    String open(UUID userId, String role, Browser browser, Optional<String> before) {
        return open(userId, role, browser, before, false);
    }

    /**
     * The token of a new session; the one before it ends in the same transaction.
     *
     * @param proven whether a second factor was shown just now
     */
    String open(UUID userId, String role, Browser browser, Optional<String> before, boolean proven) {
        String token = SecretToken.fresh().value();
        return transactions.write(Acting.visitor(), database -> {
            database.execute(
                    "select identity.open_session(?, ?, ?, make_interval(secs => ?), ?, ?::inet, ?, ?)",
                    Sha256.of(token),
                    userId,
                    role,
                    LIFETIME.toSeconds(),
                    browser.userAgent(),
                    browser.address(),
                    before.map(Sha256::of).orElse(null),
                    proven);
            return token;
        });
    }

    /** The token of a session of another role, in the place of this one; nothing where this one has ended. */
    Optional<String> switchRole(String token, String role, Browser browser) {
        String next = SecretToken.fresh().value();
        boolean switched = transactions.write(
                Acting.visitor(),
                database -> Boolean.TRUE.equals(database.fetchValue(
                        "select identity.switch_role(?, ?, ?, make_interval(secs => ?), ?, ?::inet)",
                        Sha256.of(token),
                        Sha256.of(next),
                        role,
                        LIFETIME.toSeconds(),
                        browser.userAgent(),
                        browser.address())));
        return Optional.of(next).filter(_ -> switched);
    }

    Optional<SignedIn> find(String token) {
        return transactions.read(
                Acting.visitor(),
                database -> database.fetchOptional(
                                "select user_id, display_name, acting_role, roles from identity.session_of(?)",
                                Sha256.of(token))
                        .map(Sessions::person));
    }

    void close(String token) {
        transactions.write(
                Acting.visitor(), database -> database.execute("select identity.close_session(?)", Sha256.of(token)));
    }

    private static SignedIn person(Record row) {
        return new SignedIn(
                row.get("user_id", UUID.class),
                row.get("display_name", String.class),
                row.get("acting_role", String.class),
                Arrays.asList(row.get("roles", String[].class)));
    }

    /** Where a session was opened. */
    record Browser(String userAgent, @Nullable String address) {

        static Browser of(HttpServletRequest request) {
            return new Browser(
                    Objects.requireNonNullElse(request.getHeader("User-Agent"), ""),
                    ClientAddress.of(request).orElse(null));
        }
    }
}
