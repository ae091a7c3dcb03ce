package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;

/** One's accounts elsewhere; they are linked at the pages, where the provider is. */
@Api
class IdentitiesApi {

    private final Identities identities;

    IdentitiesApi(Identities identities) {
        this.identities = identities;
    }

    @GetMapping("/me/identities")
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(summary = "My accounts elsewhere", description = "By which I sign in here, the oldest first.")
    Listing<LinkedIdentity> list(SignedIn person) {
        return new Listing<>(
                identities.of(person).stream().map(LinkedIdentity::of).toList(), null);
    }

    @DeleteMapping("/me/identities/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo(OpenTo.SIGNED_IN)
    @Refuses("last-way-in")
    @Operation(
            summary = "Unlink an account elsewhere",
            description = "A password, or another one, must remain; a letter says that it was done.")
    void unlink(SignedIn person, @PathVariable UUID id) {
        if (!identities.unlink(person, id)) {
            throw new Refused("not-found");
        }
    }

    /**
     * @param provider its short name in the configuration
     * @param issuer its OpenID Connect issuer address
     */
    record LinkedIdentity(
            UUID id,
            @Schema(example = "acme") String provider,
            @Schema(example = "https://login.acme.example") String issuer,
            OffsetDateTime linkedAt) {

        static LinkedIdentity of(Identities.Identity identity) {
            return new LinkedIdentity(identity.id(), identity.provider(), identity.issuer(), identity.linkedAt());
        }
    }
}
