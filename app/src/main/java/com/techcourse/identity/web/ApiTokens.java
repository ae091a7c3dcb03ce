package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Record;
import org.springframework.stereotype.Component;

/**
 * Tokens for programs: {@code tc_} and 32 random bytes, of which the database keeps the SHA-256. Each request asks the
 * database again, so that a revoked token, a lost role or a suspension counts at once, on every node.
 */
@Component
class ApiTokens {

    static final String PREFIX = "tc_";
    private static final int LENGTH = PREFIX.length() + 43;

    private final ActingTransactions transactions;

    ApiTokens(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    static String fresh() {
        return PREFIX + SecretToken.fresh().value();
    }

    Optional<SignedIn> find(String token) {
        if (token.length() != LENGTH || !token.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] hash = Sha256.of(token);
        Optional<Record> holder = transactions.read(
                Acting.visitor(), database -> database.fetchOptional("""
                        select user_id, display_name, acting_role, roles, scopes, seen_lately from identity.token_of(?)
                        """, hash).map(Record.class::cast));
        holder.filter(row -> !row.get("seen_lately", Boolean.class))
                .ifPresent(_ -> transactions.write(
                        Acting.visitor(), database -> database.execute("select identity.saw_api_token(?)", hash)));
        return holder.map(ApiTokens::person);
    }

    private static SignedIn person(Record row) {
        return new SignedIn(
                row.get("user_id", UUID.class),
                row.get("display_name", String.class),
                row.get("acting_role", String.class),
                Arrays.asList(row.get("roles", String[].class)),
                Set.of(row.get("scopes", String[].class)));
    }
}
