package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Another e-mail address for an account: proven at the new one, told to the old one. */
@Api
class EmailChangesApi {

    private final Secrets secrets;

    EmailChangesApi(Secrets secrets) {
        this.secrets = secrets;
    }

    @PostMapping("/me/email-changes")
    @OpenTo(OpenTo.SIGNED_IN)
    @Refuses({"wrong-sign-in", "second-factor-needed", "wrong-second-factor"})
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Asks for another e-mail address",
            description = "A link goes to the new address, a warning to the old one.")
    void request(SignedIn person, @RequestBody Wanted wanted, HttpServletRequest request) {
        secrets.requestEmailChange(
                person.self(),
                new Secrets.Proof(wanted.password(), wanted.secondFactor(), request.getRemoteAddr()),
                wanted.newEmail());
    }

    @PostMapping("/email-changes")
    @OpenTo(OpenTo.EVERYONE)
    @Refuses({"link-not-usable", "email-taken"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Changes the e-mail address", description = "With the token of the letter's link, once.")
    void confirm(@RequestBody Confirmation confirmation, HttpServletRequest request) {
        secrets.changeEmail(confirmation.token(), request.getRemoteAddr());
    }

    /** @param secondFactor code of an authenticator app, or a recovery code, for whoever has set one up */
    record Wanted(
            @Schema(example = "ada@example.net") String newEmail,
            String password,
            @Schema(example = "123456") @Nullable String secondFactor) {}

    record Confirmation(String token) {}
}
