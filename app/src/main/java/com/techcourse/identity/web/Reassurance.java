package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks once more who is there before something that cannot be taken back: for the password, where wrong ones count as
 * at a sign-in; a person without one must have signed in just now. A token is never enough.
 */
@Component
class Reassurance {

    private final ActingTransactions transactions;
    private final SignIn signIn;

    Reassurance(ActingTransactions transactions, SignIn signIn) {
        this.transactions = transactions;
        this.signIn = signIn;
    }

    void require(SignedIn person, @Nullable String password, HttpServletRequest request) {
        String session = SessionCookie.token(request).orElse("");
        if (person.scopes() != null || session.isEmpty()) {
            throw new Refused("forbidden", "A token is not enough for this; sign in at a browser.");
        }
        boolean proved = hasPassword(person)
                ? isOwn(person, Objects.requireNonNullElse(password, ""), request.getRemoteAddr())
                : transactions.read(
                        person.self(),
                        database ->
                                flag(database.fetchValue("select identity.is_fresh_session(?)", Sha256.of(session))));
        if (!proved) {
            throw new Refused("proof-needed", "Give your password; without one, sign in again first.", "password");
        }
    }

    boolean hasPassword(SignedIn person) {
        return transactions.read(
                person.self(), database -> flag(database.fetchValue("select identity.has_password()")));
    }

    private boolean isOwn(SignedIn person, String password, String address) {
        String email = transactions.read(
                person.self(),
                database -> database.fetchSingle("select email::text from identity.users where id = ?", person.userId())
                        .into(String.class));
        return switch (signIn.attempt(email, password, address)) {
            case SignIn.Outcome.Welcome _ -> true;
            case SignIn.Outcome.Wrong _ -> false;
            case SignIn.Outcome.Wait _ -> throw new Refused("too-many-requests", "Wait a moment after wrong guesses.");
        };
    }

    private static boolean flag(@Nullable Object value) {
        return Boolean.TRUE.equals(value);
    }
}
