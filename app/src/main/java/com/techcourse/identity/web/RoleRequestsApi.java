package com.techcourse.identity.web;

import com.techcourse.platform.Acting;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** Who wants to become an instructor, for admins. */
@Api
class RoleRequestsApi {

    private final ActingTransactions transactions;

    RoleRequestsApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/role-requests")
    @OpenTo("admin")
    @Operation(summary = "Requests of all people", description = "Oldest first; the open ones, unless asked otherwise.")
    Listing<RoleRequest> list(
            Acting admin,
            @RequestParam(defaultValue = "open") String status,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        UUID from = Cursor.parse(after).map(cursor -> cursor.uuid(0)).orElse(null);
        List<RoleRequest> requests = transactions.read(
                admin,
                database -> database.fetch(
                                RoleRequest.SELECT
                                        + "where r.status = ? and (?::uuid is null or r.id > ?) order by r.id limit ?",
                                status,
                                from,
                                from,
                                limit.rows() + 1)
                        .map(RoleRequest::of));
        return Listing.of(Page.of(requests, limit.rows(), request -> Cursor.of(request.id())));
    }

    @PostMapping("/role-requests/{id}/approval")
    @OpenTo("admin")
    @Refuses({"already-decided", "role-held"})
    @Operation(summary = "Approve", description = "The person gets the role and a public profile.")
    RoleRequest approve(Acting admin, @PathVariable UUID id, @RequestBody Approval approval) {
        return decide(admin, id, true, approval.reason());
    }

    @PostMapping("/role-requests/{id}/refusal")
    @OpenTo("admin")
    @Refuses("already-decided")
    @Operation(summary = "Decline", description = "With a reason that the person reads.")
    RoleRequest decline(Acting admin, @PathVariable UUID id, @RequestBody Refusal refusal) {
        return decide(admin, id, false, refusal.reason());
    }

    private RoleRequest decide(Acting admin, UUID id, boolean approve, @Nullable String reason) {
        return transactions.write(admin, database -> {
            if (!Boolean.TRUE.equals(
                    database.fetchValue("select identity.decide_role_request(?, ?, ?)", id, approve, reason))) {
                throw new Refused("not-found");
            }
            return database.fetchSingle(RoleRequest.SELECT + "where r.id = ?", id)
                    .map(RoleRequest::of);
        });
    }

    /** @param reason a word to go with it */
    record Approval(@Schema(example = "Welcome!") @Nullable String reason) {}

    /** @param reason why not */
    record Refusal(
            @Schema(example = "Please tell us what you want to teach.")
            String reason) {}
}
