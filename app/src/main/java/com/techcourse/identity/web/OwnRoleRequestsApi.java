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
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Asking to become an instructor. */
@Api
class OwnRoleRequestsApi {

    private final ActingTransactions transactions;

    OwnRoleRequestsApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @PostMapping("/me/role-requests")
    @ResponseStatus(HttpStatus.CREATED)
    @OpenTo(OpenTo.SIGNED_IN)
    @Refuses({"role-held", "role-requested"})
    @Operation(summary = "Ask to become an instructor", description = "An admin decides; one open request at a time.")
    RoleRequest ask(SignedIn person, @RequestBody Wish wish) {
        return transactions.write(person.self(), database -> {
            Object id = database.fetchValue("select identity.request_role(?)", wish.motivation());
            return database.fetchSingle(RoleRequest.SELECT + "where r.id = ?", id)
                    .map(RoleRequest::of);
        });
    }

    @GetMapping("/me/role-requests")
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(summary = "My requests", description = "Newest first, with what was answered.")
    Listing<RoleRequest> list(
            SignedIn person,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        UUID from = Cursor.parse(after).map(cursor -> cursor.uuid(0)).orElse(null);
        List<RoleRequest> requests = transactions.read(
                person.self(),
                database -> database.fetch(
                                RoleRequest.SELECT
                                        + "where r.user_id = ? and (?::uuid is null or r.id < ?) order by r.id desc limit ?",
                                person.userId(),
                                from,
                                from,
                                limit.rows() + 1)
                        .map(RoleRequest::of));
        return Listing.of(Page.of(requests, limit.rows(), request -> Cursor.of(request.id())));
    }

    @DeleteMapping("/me/role-requests/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(summary = "Withdraw a request", description = "Only while nobody has decided it.")
    void withdraw(SignedIn person, @PathVariable UUID id) {
        if (!transactions.write(
                person.self(),
                database -> Boolean.TRUE.equals(database.fetchValue("select identity.withdraw_role_request(?)", id)))) {
            throw new Refused("not-found");
        }
    }

    /** @param motivation why, in the person's own words */
    record Wish(
            @Schema(example = "I have taught databases for ten years.", maxLength = 2000)
            String motivation) {}
}
