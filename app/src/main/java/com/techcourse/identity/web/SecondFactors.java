package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Refused;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Codes of an authenticator app, and recovery codes for when it is lost. Wrong ones are counted in the database, per
 * account and per address, as wrong passwords are; no code is good twice.
 */
@Component
class SecondFactors {

    private static final String NAME = "select value #>> '{}' from platform.settings where name = 'academy_name'";

    private final ActingTransactions transactions;
    private final SecretBox box;

    SecondFactors(ActingTransactions transactions, SecretBox box) {
        this.transactions = transactions;
        this.box = box;
    }

    /** After the right password: what a person with a second factor shows besides, if anything. */
    Outcome show(UUID user, @Nullable String code, String address) {
        return transactions.write(Acting.visitor(), database -> {
            Record factor = database.fetchOne("select secret, step from identity.second_factor_of(?)", user);
            if (factor == null) {
                return new Outcome.NotNeeded();
            }
            return code == null || code.isBlank()
                    ? new Outcome.Missing()
                    : spent(database, user, factor, code.strip(), address);
        });
    }

    State of(SignedIn person) {
        return transactions.read(person.self(), database -> {
            Record own = own(database);
            boolean enabled = own.get("confirmed_at") != null;
            return new State(
                    enabled,
                    own.get("required", Boolean.class),
                    enabled ? own.get("recovery_codes_left", Integer.class) : null);
        });
    }

    SetUp begin(SignedIn person) {
        byte[] secret = TimeCodes.freshSecret();
        return transactions.write(person.self(), database -> {
            database.execute("select identity.begin_second_factor(?)", box.closed(secret, person.userId()));
            String academy = Objects.requireNonNull(database.fetchSingle(NAME).into(String.class));
            String email = Objects.requireNonNull(
                    database.fetchSingle("select email::text from identity.users where id = ?", person.userId())
                            .into(String.class));
            return new SetUp(TimeCodes.base32(secret), TimeCodes.uri(secret, academy, email));
        });
    }

    /** The first right code switches it on. */
    RecoveryCodes confirm(SignedIn person, String code, String session) {
        RecoveryCodes codes = RecoveryCodes.fresh();
        return transactions.write(person.self(), database -> {
            Record own = own(database);
            byte[] kept = own.get("secret", byte[].class);
            OptionalLong step = kept == null ? OptionalLong.empty() : step(own, person.userId(), code);
            if (kept != null && own.get("confirmed_at") == null && step.isEmpty()) {
                throw new Refused("wrong-second-factor", "This is not the code of the app now; look again.", "code");
            }
            database.execute(
                    "select identity.confirm_second_factor(?, ?, ?::bytea[], ?)",
                    kept,
                    step.orElse(0),
                    codes.hashes(),
                    Sha256.of(session));
            return codes;
        });
    }

    RecoveryCodes renewRecoveryCodes(SignedIn person, String code, String address) {
        RecoveryCodes codes = RecoveryCodes.fresh();
        shown(
                person,
                code,
                address,
                database ->
                        database.execute("select identity.renew_recovery_codes(?::bytea[])", (Object) codes.hashes()));
        return codes;
    }

    void remove(SignedIn person, String code, String address) {
        shown(person, code, address, database -> database.execute("select identity.remove_second_factor()"));
    }

    /** Does something that needs a code, in the transaction that spends it. */
    private void shown(SignedIn person, String code, String address, Consumer<DSLContext> work) {
        transactions
                .write(person.self(), database -> {
                    Record factor =
                            database.fetchOne("select secret, step from identity.second_factor_of(?)", person.userId());
                    Outcome outcome = factor == null
                            ? new Outcome.NotNeeded()
                            : spent(database, person.userId(), factor, code.strip(), address);
                    if (outcome instanceof Outcome.Shown || outcome instanceof Outcome.NotNeeded) {
                        work.accept(database);
                    }
                    return outcome;
                })
                .proven();
    }

    private Outcome spent(DSLContext database, UUID user, Record factor, String code, String address) {
        byte[] account = Sha256.of("second factor of " + user);
        byte[] network = Sha256.of(AddressBlock.of(address));
        if (SignIn.blocked(database, account, network) instanceof SignIn.Outcome.Wait wait) {
            return new Outcome.Wait(wait.howLong());
        }
        OptionalLong step = step(factor, user, code);
        if (good(database, user, step.isPresent() ? step.getAsLong() : null, RecoveryCodes.hash(code))) {
            database.execute("select identity.forget_sign_in_failures(?)", account);
            return new Outcome.Shown();
        }
        database.execute("select identity.record_sign_in_failure('account', ?)", account);
        database.execute("select identity.record_sign_in_failure('address', ?)", network);
        return new Outcome.Wrong();
    }

    private static boolean good(DSLContext database, UUID user, @Nullable Long step, byte[] recoveryCode) {
        return Boolean.TRUE.equals(
                database.fetchValue("select identity.prove_second_factor(?, ?, ?)", user, step, recoveryCode));
    }

    private OptionalLong step(Record factor, UUID user, String code) {
        byte[] kept = Objects.requireNonNull(factor.get("secret", byte[].class));
        long now = factor.get("step", Long.class);
        return box.opened(kept, user)
                .map(secret -> TimeCodes.step(secret, code.replaceAll("\\s", ""), now))
                .orElseGet(OptionalLong::empty);
    }

    private static Record own(DSLContext database) {
        return database.fetchSingle(
                "select secret, confirmed_at, recovery_codes_left, step, required from identity.own_second_factor()");
    }

    /** @param recoveryCodesLeft null where it is not enabled */
    record State(
            boolean enabled, boolean required, @Nullable Integer recoveryCodesLeft) {}

    record SetUp(String secret, String otpauthUri) {}

    sealed interface Outcome {

        /** Whether a factor was shown; refuses where one is needed and was not. */
        default boolean proven() {
            return switch (this) {
                case NotNeeded _ -> false;
                case Shown _ -> true;
                case Missing _ ->
                    throw new Refused(
                            "second-factor-needed", "Give a code of your authenticator app too.", "second_factor");
                case Wrong _ ->
                    throw new Refused(
                            "wrong-second-factor", "This code is wrong, or was used already.", "second_factor");
                case Wait wait ->
                    throw new Refused("too-many-requests", "There were too many wrong codes; wait a while.")
                            .with("retry_after", (int) wait.howLong().toSeconds());
            };
        }

        record NotNeeded() implements Outcome {}

        record Shown() implements Outcome {}

        record Missing() implements Outcome {}

        record Wrong() implements Outcome {}

        record Wait(Duration howLong) implements Outcome {}
    }
}
