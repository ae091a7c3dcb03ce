package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Refused;
import java.util.Objects;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One's own second factor: set up, confirmed, its recovery codes renewed, switched off. */
@Component
class OwnSecondFactor {

    private static final String NAME = "select value #>> '{}' from platform.settings where name = 'academy_name'";

    private final ActingTransactions transactions;
    private final SecondFactors factors;
    private final SecretBox box;

    OwnSecondFactor(ActingTransactions transactions, SecondFactors factors, SecretBox box) {
        this.transactions = transactions;
        this.factors = factors;
        this.box = box;
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
            OptionalLong step = kept == null ? OptionalLong.empty() : factors.step(own, person.userId(), code);
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
        factors.with(
                person.self(),
                code,
                address,
                database ->
                        database.execute("select identity.renew_recovery_codes(?::bytea[])", (Object) codes.hashes()));
        return codes;
    }

    void remove(SignedIn person, @Nullable String code, String address) {
        factors.with(
                person.self(), code, address, database -> database.execute("select identity.remove_second_factor()"));
    }

    private static Record own(DSLContext database) {
        return database.fetchSingle(
                "select secret, confirmed_at, recovery_codes_left, step, required from identity.own_second_factor()");
    }

    /** @param recoveryCodesLeft null where it is not enabled */
    record State(
            boolean enabled, boolean required, @Nullable Integer recoveryCodesLeft) {}

    record SetUp(String secret, String otpauthUri) {}
}
