package com.techcourse.sales.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Who manages the seats of an organisation. An answer never tells whether an address has an account. */
@Api
class OrganisationManagersApi {

    private final ActingTransactions transactions;

    OrganisationManagersApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/organisations/{organisation_id}/managers")
    @OpenTo("student")
    @Operation(
            summary = "Managers of an organisation",
            description = "With whom a letter asked to become one, without joined_at. At most 50 manage.")
    Listing<Organisation.Member> list(Acting manager, @PathVariable("organisation_id") UUID organisationId) {
        return transactions.read(manager, database -> {
            Organisation.one(database, organisationId);
            return new Listing<>(
                    database.fetch("select * from sales.managers_of(?)", organisationId)
                            .into(Organisation.Member.class),
                    null);
        });
    }

    @PostMapping("/organisations/{organisation_id}/managers")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("student")
    @Refuses("too-many-letters")
    @Operation(
            summary = "Ask somebody to manage with me",
            description = "By a letter with a code. Asked again, it is a new code; for a manager nothing happens.")
    void invite(
            Acting manager,
            @PathVariable("organisation_id") UUID organisationId,
            @RequestBody Organisation.Invitation invitation) {
        transactions.write(
                manager,
                database -> found(
                        database.fetchValue("select sales.invite_manager(?, ?)", organisationId, invitation.email())));
    }

    @DeleteMapping("/organisations/{organisation_id}/managers/{manager_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("student")
    @Refuses("last-manager")
    @Operation(summary = "Remove a manager", description = "Also oneself, or an invitation. The last manager stays.")
    void remove(
            Acting manager,
            @PathVariable("organisation_id") UUID organisationId,
            @PathVariable("manager_id") UUID managerId) {
        transactions.write(
                manager,
                database -> found(database.fetchValue("select sales.remove_manager(?, ?)", organisationId, managerId)));
    }

    @PostMapping("/organisations/claims")
    @OpenTo("student")
    @Refuses("link-not-usable")
    @Operation(
            summary = "Become a manager",
            description = "By the code of the letter that asks for it; answers of which organisation.")
    Organisation join(Acting person, @RequestBody Organisation.Acceptance acceptance) {
        return transactions.write(
                person,
                database -> Organisation.one(database, (UUID) Objects.requireNonNull(
                        database.fetchValue("select sales.join_organisation(?)", acceptance.code()))));
    }

    private static boolean found(@Nullable Object outcome) {
        if (!Boolean.TRUE.equals(outcome)) {
            throw new Refused("not-found");
        }
        return true;
    }
}
