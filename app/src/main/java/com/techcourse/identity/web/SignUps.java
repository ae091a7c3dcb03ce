package com.techcourse.identity.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.mail.Mails;
import com.techcourse.platform.mail.PublicUrl;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Becoming a student. An account begins when its e-mail address is proven; whether an address has one already is told to
 * nobody but that address.
 */
@Component
class SignUps {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ActingTransactions transactions;
    private final Passwords passwords;
    private final Throttles throttles;
    private final PublicUrl url;

    SignUps(ActingTransactions transactions, Passwords passwords, Throttles throttles, PublicUrl url) {
        this.transactions = transactions;
        this.passwords = passwords;
        this.throttles = throttles;
        this.url = url;
    }

    /** The same work for a known address as for an unknown one. */
    void request(String email, String password, String name, String locale, String address) {
        throttles.ofAddress("sign-up", address, 200, HOUR);
        PasswordRules.check(password, email, name);
        String hash = passwords.hash(password);
        SecretToken token = SecretToken.fresh();
        if (throttles.mayWriteTo("sign-up-mail", email)) {
            transactions.write(
                    Acting.visitor(),
                    database -> database.execute(
                            "select identity.request_sign_up(?, ?, ?, ?, ?, ?::jsonb)",
                            token.hash(),
                            email.strip(),
                            name,
                            locale,
                            hash,
                            Mails.json(Map.of("name", name, "link", url.of("/verify/" + token.value())))));
        }
    }

    /** The new account of a link from a letter. */
    UUID verify(String token, String address) {
        throttles.ofAddress("link", address, 300, HOUR);
        return transactions.write(Acting.visitor(), database -> (UUID)
                Objects.requireNonNull(database.fetchValue("select identity.verify_sign_up(?)", Sha256.of(token))));
    }
}
