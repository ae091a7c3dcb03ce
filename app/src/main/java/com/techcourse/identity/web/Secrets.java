package com.techcourse.identity.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.mail.Mails;
import com.techcourse.platform.mail.PublicUrl;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Forgotten and changed passwords, and changed e-mail addresses. */
@Component
class Secrets {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ActingTransactions transactions;
    private final Passwords passwords;
    private final SignIn signIn;
    private final SecondFactors factors;
    private final Throttles throttles;
    private final PublicUrl url;

    Secrets(
            ActingTransactions transactions,
            Passwords passwords,
            SignIn signIn,
            SecondFactors factors,
            Throttles throttles,
            PublicUrl url) {
        this.transactions = transactions;
        this.passwords = passwords;
        this.signIn = signIn;
        this.factors = factors;
        this.throttles = throttles;
        this.url = url;
    }

    /** Writes a letter where the address has an account; nobody is told whether it has. */
    void requestReset(String email, String address) {
        throttles.ofAddress("password-reset", address, 200, HOUR);
        SecretToken token = SecretToken.fresh();
        if (throttles.mayWriteTo("password-reset-mail", email)) {
            transactions.write(
                    Acting.visitor(),
                    database -> database.execute(
                            "select identity.request_password_reset(?, ?, ?::jsonb)",
                            email.strip(),
                            token.hash(),
                            Mails.json(Map.of("link", url.of("/reset-password/" + token.value())))));
        }
    }

    void reset(String token, String password, String address) {
        throttles.ofAddress("link", address, 300, HOUR);
        PasswordRules.check(password, "@", null);
        String hash = passwords.hash(password);
        transactions.write(
                Acting.visitor(),
                database -> database.execute("select identity.reset_password(?, ?)", Sha256.of(token), hash));
    }

    /** Every other session ends, and so do all tokens of programs. */
    void changePassword(Acting acting, Proof proof, String newPassword, Optional<String> session) {
        String email = provenEmail(acting, proof.password(), proof.address());
        PasswordRules.check(newPassword, email, null);
        String hash = passwords.hash(newPassword);
        factors.with(
                acting,
                proof.code(),
                proof.address(),
                database -> database.execute(
                        "select identity.change_password(?, ?)",
                        hash,
                        session.map(Sha256::of).orElse(null)));
    }

    void requestEmailChange(Acting acting, Proof proof, String newEmail) {
        provenEmail(acting, proof.password(), proof.address());
        SecretToken token = SecretToken.fresh();
        factors.with(
                acting,
                proof.code(),
                proof.address(),
                database -> database.execute(
                        "select identity.request_email_change(?, ?, ?::jsonb)",
                        newEmail.strip(),
                        token.hash(),
                        Mails.json(Map.of("link", url.of("/confirm-email/" + token.value())))));
    }

    void changeEmail(String token, String address) {
        throttles.ofAddress("link", address, 300, HOUR);
        transactions.write(
                Acting.visitor(), database -> database.execute("select identity.change_email(?)", Sha256.of(token)));
    }

    /** The address of the acting person, who shows the password once more; wrong ones are counted as at a sign-in. */
    String provenEmail(Acting acting, String password, String address) {
        String email = transactions.read(acting, database -> (String) Objects.requireNonNull(
                database.fetchValue("select email::text from identity.users where id = ?", acting.userId())));
        switch (signIn.attempt(email, password, address)) {
            case SignIn.Outcome.Welcome _ -> {}
            case SignIn.Outcome.Wrong _ -> throw new Refused("wrong-sign-in", "The password is wrong.", "password");
            case SignIn.Outcome.Wait wait ->
                throw new Refused("too-many-requests", "There were too many wrong passwords; wait a while.")
                        .with("retry_after", (int) wait.howLong().toSeconds());
        }
        return email;
    }

    /**
     * What a person shows once more, and from which network address.
     *
     * @param code of the second factor, for whoever has one
     */
    record Proof(String password, @Nullable String code, String address) {}
}
