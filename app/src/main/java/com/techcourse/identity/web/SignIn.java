package com.techcourse.identity.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks a password. Wrong guesses are counted per account and per address in the database, and from the fifth on each
 * waits longer; an account is tried by one request at a time, so that many at once gain nothing. Whether an account
 * exists shows neither in the answer nor in the time.
 */
@Component
class SignIn {

    private final ActingTransactions transactions;
    private final Passwords passwords;

    SignIn(ActingTransactions transactions, Passwords passwords) {
        this.transactions = transactions;
        this.passwords = passwords;
    }

    Outcome attempt(String email, String password, String address) {
        byte[] account = Sha256.of(email.strip().toLowerCase(Locale.ROOT));
        byte[] network = Sha256.of(AddressBlock.of(address));
        return transactions.write(Acting.visitor(), database -> {
            Outcome blocked = blocked(database, account, network);
            return blocked == null ? check(database, email.strip(), password, account, network) : blocked;
        });
    }

    /** One try at a time, and none before the wait after wrong ones is over; null when nothing is in the way. */
    static @Nullable Outcome blocked(DSLContext database, byte[] account, byte[] network) {
        Record state = database.fetchSingle("""
                select pg_try_advisory_xact_lock(('x' || left(encode(?, 'hex'), 16))::bit(64)::bigint) as alone,
                       greatest(identity.sign_in_blocked_until('account', ?),
                                identity.sign_in_blocked_until('address', ?)) as until,
                       clock_timestamp() as now
                """, account, account, network);
        OffsetDateTime until = state.get("until", OffsetDateTime.class);
        if (until != null) {
            return new Outcome.Wait(Duration.between(state.get("now", OffsetDateTime.class), until)
                    .plusSeconds(1)
                    .truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        }
        return state.get("alone", Boolean.class) ? null : new Outcome.Wait(Duration.ofSeconds(1));
    }

    private Outcome check(DSLContext database, String email, String password, byte[] account, byte[] network) {
        Record candidate =
                database.fetchOne("select user_id, password_hash, roles from identity.sign_in_candidate(?)", email);
        String hash = candidate == null ? null : candidate.get("password_hash", String.class);
        List<String> roles = candidate == null ? List.of() : Arrays.asList(candidate.get("roles", String[].class));
        if (passwords.match(password, hash) && candidate != null && !roles.isEmpty()) {
            database.execute("select identity.forget_sign_in_failures(?)", account);
            return new Outcome.Welcome(candidate.get("user_id", UUID.class), roles);
        }
        database.execute("select identity.record_sign_in_failure('account', ?)", account);
        database.execute("select identity.record_sign_in_failure('address', ?)", network);
        return new Outcome.Wrong();
    }

    sealed interface Outcome {

        record Welcome(UUID userId, List<String> roles) implements Outcome {}

        record Wrong() implements Outcome {}

        record Wait(Duration howLong) implements Outcome {}
    }
}
