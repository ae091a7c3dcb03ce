package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** One's own tokens for programs. */
@Api
class TokensApi {

    private final ActingTransactions transactions;

    TokensApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @PostMapping("/me/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    @OpenTo(OpenTo.SIGNED_IN)
    @Refuses("already-there")
    @Operation(
            summary = "Make a token",
            description = "The token is in this answer only. A browser's session makes tokens, a token makes none.")
    NewToken create(SignedIn person, @RequestBody Wish wish) {
        if (person.scopes() != null) {
            throw new Refused("forbidden", "A token makes no tokens; sign in at a browser.");
        }
        String token = ApiTokens.fresh();
        String role = Objects.requireNonNullElse(wish.role(), person.actingRole());
        Record made = transactions.write(
                person.self(),
                database -> database.fetchSingle(
                        "select id, created_at, expires_at from identity.create_api_token(?, ?, ?, ?, ?)",
                        Sha256.of(token),
                        wish.name(),
                        wish.scopes().toArray(String[]::new),
                        role,
                        wish.expiresInDays()));
        return new NewToken(made.get("id", UUID.class), token, role, made.get("expires_at", OffsetDateTime.class));
    }

    @GetMapping("/me/tokens")
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(summary = "My tokens", description = "The living ones, newest first.")
    Listing<Token> list(
            SignedIn person,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        UUID from = Cursor.parse(after).map(cursor -> cursor.uuid(0)).orElse(null);
        List<Token> tokens = transactions.read(
                person.self(),
                database -> database.fetch("select * from identity.own_api_tokens(?, ?)", from, limit.rows() + 1)
                        .map(Token::of));
        return Listing.of(Page.of(tokens, limit.rows(), token -> Cursor.of(token.id())));
    }

    @DeleteMapping("/me/tokens/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(summary = "Revoke a token", description = "It ends at once.")
    void revoke(SignedIn person, @PathVariable UUID id) {
        if (!transactions.write(
                person.self(),
                database -> Boolean.TRUE.equals(database.fetchValue("select identity.revoke_api_token(?)", id)))) {
            throw new Refused("not-found");
        }
    }

    /**
     * @param role one of the person's roles; the one acted as, when absent
     * @param scopes such as {@code learning:read}
     */
    record Wish(
            @Schema(example = "grade book") String name,
            @Schema(example = "[\"learning:read\"]") List<String> scopes,
            @Schema(example = "student") @Nullable String role,

            @Schema(example = "90", minimum = "1", maximum = "366")
            Integer expiresInDays) {}

    /** @param token shown once; only its SHA-256 is kept */
    record NewToken(UUID id, String token, String role, OffsetDateTime expiresAt) {}

    /** @param lastUsedAt to the minute; absent before the first use */
    record Token(
            UUID id,
            String name,
            String role,
            List<String> scopes,
            OffsetDateTime createdAt,
            OffsetDateTime expiresAt,
            @Nullable OffsetDateTime lastUsedAt) {

        static Token of(Record row) {
            return new Token(
                    row.get("id", UUID.class),
                    row.get("name", String.class),
                    row.get("acting_role", String.class),
                    List.of(row.get("scopes", String[].class)),
                    row.get("created_at", OffsetDateTime.class),
                    row.get("expires_at", OffsetDateTime.class),
                    row.get("last_used_at", OffsetDateTime.class));
        }
    }
}
