package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.Acting;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What the academy keeps about a person: taken along, or removed for good. */
@Api
class MyDataApi {

    private final SecondFactors factors;
    private final PersonalExport export;
    private final Reassurance reassurance;

    MyDataApi(SecondFactors factors, PersonalExport export, Reassurance reassurance) {
        this.factors = factors;
        this.export = export;
        this.reassurance = reassurance;
    }

    @PostMapping("/me/export")
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(summary = "Everything about me", description = "A zip of JSON files; README.json in it explains each.")
    @ApiResponse(
            responseCode = "200",
            description = "The archive.",
            content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
    void export(SignedIn person, HttpServletResponse response) throws IOException {
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment; filename=\"my-data.zip\"");
        response.setHeader("Cache-Control", "no-store");
        export.write(person, response.getOutputStream());
    }

    @PostMapping("/me/erasure")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo(OpenTo.SIGNED_IN)
    @Refuses({"last-admin", "proof-needed", "second-factor-needed", "wrong-second-factor"})
    @Operation(
            summary = "Erase me",
            description =
                    "For good, with the password again; without one, within ten minutes of a sign-in. With a second factor, a code too.")
    void erase(SignedIn person, @RequestBody Proof proof, HttpServletRequest request, HttpServletResponse response) {
        reassurance.require(person, proof.password(), request);
        erase(person.self(), person.userId(), proof, request);
        SessionCookie.clear(request, response);
    }

    @PostMapping("/people/{id}/erasure")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("admin")
    @Refuses({"last-admin", "proof-needed", "second-factor-needed", "wrong-second-factor"})
    @Operation(
            summary = "Erase a person",
            description =
                    "For good, with the admin's own password, and a code of the second factor where there is one.")
    void eraseOther(SignedIn admin, @PathVariable UUID id, @RequestBody Proof proof, HttpServletRequest request) {
        reassurance.require(admin, proof.password(), request);
        erase(admin.acting(), id, proof, request);
    }

    private void erase(Acting who, UUID id, Proof proof, HttpServletRequest request) {
        factors.with(who, proof.secondFactor(), request.getRemoteAddr(), database -> {
            if (!Boolean.TRUE.equals(database.fetchValue("select identity.erase_user(?)", id))) {
                throw new Refused("not-found");
            }
        });
    }

    /**
     * @param password of whoever asks; absent where the person has none
     * @param secondFactor code of the asking person's authenticator app, or a recovery code, for whoever has set one up
     */
    record Proof(
            @Schema(example = "correct horse battery staple") @Nullable
            String password,

            @Schema(example = "123456") @Nullable String secondFactor) {}
}
