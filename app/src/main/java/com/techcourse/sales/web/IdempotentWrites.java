package com.techcourse.sales.web;

import com.techcourse.platform.api.Refused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes that cost money are done once: the same {@code Idempotency-Key} with the same request gets the same answer, with
 * another request it is refused. The database remembers, in the transaction of the write.
 */
@Component
final class IdempotentWrites {

    static final String HEADER = "Idempotency-Key";

    private final JsonMapper json;

    IdempotentWrites(JsonMapper json) {
        this.json = json;
    }

    /** A write of one transaction: done, or answered as before. */
    <T> ResponseEntity<T> once(
            DSLContext transaction,
            String key,
            String operation,
            Object request,
            Class<T> type,
            Supplier<ResponseEntity<T>> work) {
        return claim(transaction, key, operation, request, type).orElseGet(() -> {
            ResponseEntity<T> answer = work.get();
            keep(transaction, key, answer);
            return answer;
        });
    }

    /**
     * What was answered before; empty when nothing was yet, also when an earlier try was broken off between two
     * transactions and is to be gone on with.
     */
    <T> Optional<ResponseEntity<T>> claim(
            DSLContext transaction, String key, String operation, Object request, Class<T> type) {
        JSONB known = (JSONB)
                transaction.fetchValue("select sales.claim_request(?, ?, ?)", checked(key), operation, sha256(request));
        return Optional.ofNullable(known).map(answer -> answer(answer, type));
    }

    /** From then on, {@link #claim} finds the answer. */
    void keep(DSLContext transaction, String key, ResponseEntity<?> answer) {
        transaction.execute(
                "select sales.keep_answer(?, ?, ?::jsonb)",
                key,
                answer.getStatusCode().value(),
                json.writeValueAsString(answer.getBody()));
    }

    /** An answer as the database keeps it: {@code {"status": 201, "body": ..}}. */
    <T> ResponseEntity<T> answer(JSONB kept, Class<T> type) {
        JsonNode answer = json.readTree(kept.data());
        return ResponseEntity.status(answer.path("status").asInt()).body(json.treeToValue(answer.path("body"), type));
    }

    byte[] sha256(Object request) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(request));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM knows SHA-256.", e);
        }
    }

    static String checked(String key) {
        if (!key.matches("[!-~]{8,200}")) {
            throw new Refused("invalid-value", "An Idempotency-Key has 8 to 200 visible ASCII characters.", HEADER);
        }
        return key;
    }
}
