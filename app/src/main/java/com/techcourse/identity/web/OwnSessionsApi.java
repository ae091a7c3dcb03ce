package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The browsers in which a person is signed in. */
@Api
class OwnSessionsApi {

    private final ActingTransactions transactions;

    OwnSessionsApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/me/sessions")
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(summary = "Where one is signed in", description = "The newest first; the asking browser is marked.")
    Listing<OpenSession> list(SignedIn person, HttpServletRequest request) {
        byte[] here = SessionCookie.token(request).map(Sha256::of).orElse(null);
        return new Listing<>(
                transactions.read(
                        person.self(),
                        database -> database.fetch("select * from identity.own_sessions(?)", here)
                                .map(OwnSessionsApi::session)),
                null);
    }

    @DeleteMapping("/me/sessions/{id}")
    @OpenTo(OpenTo.SIGNED_IN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Signs out of one browser", description = "Any of one's own.")
    void end(SignedIn person, @PathVariable UUID id) {
        if (ended(person, id) == 0) {
            throw new Refused("not-found");
        }
    }

    @DeleteMapping("/me/sessions")
    @OpenTo(OpenTo.SIGNED_IN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Signs out everywhere", description = "In this browser too.")
    void endAll(SignedIn person) {
        ended(person, null);
    }

    private long ended(SignedIn person, @Nullable UUID id) {
        return transactions.write(person.self(), database ->
                (Long) Objects.requireNonNull(database.fetchValue("select identity.end_own_sessions(?)", id)));
    }

    private static OpenSession session(Record row) {
        return new OpenSession(
                row.get("id", UUID.class),
                row.get("created_at", OffsetDateTime.class),
                row.get("expires_at", OffsetDateTime.class),
                row.get("acting_role", String.class),
                row.get("user_agent", String.class),
                row.get("address", String.class),
                row.get("current", Boolean.class));
    }

    /** @param current whether it is the session that asks */
    record OpenSession(
            UUID id,
            OffsetDateTime createdAt,
            OffsetDateTime expiresAt,
            String role,
            String userAgent,
            @Nullable String address,
            boolean current) {}
}
