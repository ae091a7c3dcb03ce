package com.techcourse.identity.web;

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

    private final ActingTransactions transactions;
    private final SecretBox box;

    SecondFactors(ActingTransactions transactions, SecretBox box) {
        this.transactions = transactions;
        this.box = box;
    }

    /** After the right password: what a person with a second factor shows besides, if anything. */
    Outcome show(UUID user, @Nullable String code, String address) {
        return transactions.write(Acting.visitor(), database -> shown(database, user, code, address));
    }

    /**
     * Does something that cannot be taken back, in the transaction that spends a code of whoever has a second factor; the
     * database looks whether one was spent. Wrong ones stay counted.
     */
    void with(Acting acting, @Nullable String code, String address, Consumer<DSLContext> work) {
        UUID user = Objects.requireNonNull(acting.userId());
        transactions
                .write(acting, database -> {
                    Outcome outcome = shown(database, user, code, address);
                    if (outcome instanceof Outcome.Shown || outcome instanceof Outcome.NotNeeded) {
                        work.accept(database);
                    }
                    return outcome;
                })
                .proven();
    }

    private Outcome shown(DSLContext database, UUID user, @Nullable String code, String address) {
        Record factor = database.fetchOne("select secret, step from identity.second_factor_of(?)", user);
        if (factor == null) {
            return new Outcome.NotNeeded();
        }
        return code == null || code.isBlank()
                ? new Outcome.Missing()
                : spent(database, user, factor, code.strip(), address);
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

    /** The step of the clock to which a code belongs, if any. */
    OptionalLong step(Record factor, UUID user, String code) {
        byte[] kept = Objects.requireNonNull(factor.get("secret", byte[].class));
        long now = factor.get("step", Long.class);
        return box.opened(kept, user)
                .map(secret -> TimeCodes.step(secret, code.replaceAll("\\s", ""), now))
                .orElseGet(OptionalLong::empty);
    }

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
