package com.techcourse.sales.web;

import static com.techcourse.jooq.sales.Tables.SEATS;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Etags;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Teams that buy seats, seen by whoever manages them. */
@Api
class OrganisationsApi {

    private final ActingTransactions transactions;

    OrganisationsApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @PostMapping("/organisations")
    @ResponseStatus(HttpStatus.CREATED)
    @OpenTo("student")
    @Refuses("conflict")
    @Operation(
            summary = "Found an organisation",
            description = "I am its first manager. Orders for a team name it; a person founds at most 20.")
    Organisation found(Acting founder, @RequestBody Organisation.Wish wish) {
        return transactions.write(founder, database -> {
            UUID id = (UUID) database.fetchValue("select sales.found_organisation(?)", wish.name());
            return Organisation.one(database, Objects.requireNonNull(id));
        });
    }

    @GetMapping("/organisations")
    @OpenTo("student")
    @Operation(summary = "Organisations whose seats I manage", description = "Newest first.")
    Listing<Organisation> list(
            Acting manager,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return Listing.of(
                transactions.read(manager, database -> Organisation.list(database, Cursor.parse(after), limit)));
    }

    @GetMapping("/organisations/{organisation_id}")
    @OpenTo("student")
    @Operation(summary = "An organisation", description = "For its managers; with its version as ETag.")
    ResponseEntity<Organisation> get(Acting manager, @PathVariable("organisation_id") UUID organisationId) {
        return answer(transactions.read(manager, database -> Organisation.one(database, organisationId)));
    }

    @PatchMapping("/organisations/{organisation_id}")
    @OpenTo("student")
    @Refuses({"precondition-required", "stale-version"})
    @Operation(summary = "Rename an organisation", description = "Of two who rename at once, one is refused.")
    ResponseEntity<Organisation> rename(
            Acting manager,
            @PathVariable("organisation_id") UUID organisationId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Organisation.Wish wish) {
        int version = Etags.required(ifMatch);
        return answer(transactions.write(
                manager, database -> Organisation.rename(database, organisationId, version, wish.name())));
    }

    @GetMapping("/organisations/{organisation_id}/seats")
    @OpenTo("student")
    @Operation(
            summary = "Seats of an organisation",
            description = "For its managers, whoever of them bought; oldest first.")
    Listing<Seat> seats(
            Acting manager,
            @PathVariable("organisation_id") UUID organisationId,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        return transactions.read(manager, database -> {
            Organisation.one(database, organisationId);
            return Listing.of(Seat.list(
                    database,
                    SEATS.ORGANISATION_ID.eq(organisationId),
                    new Seat.Choice(Cursor.parse(after), state, limit)));
        });
    }

    private static ResponseEntity<Organisation> answer(Organisation organisation) {
        return ResponseEntity.ok().eTag(Etags.of(organisation.version())).body(organisation);
    }
}
