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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Forgotten and changed passwords. */
@Api
class PasswordsApi {

    private final Secrets secrets;

    PasswordsApi(Secrets secrets) {
        this.secrets = secrets;
    }

    @PostMapping("/password-resets")
    @OpenTo(OpenTo.EVERYONE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Asks for a new password",
            description = "A letter goes to the address, if it has an account; the answer is the same either way.")
    void request(@RequestBody Forgotten forgotten, HttpServletRequest request) {
        secrets.requestReset(forgotten.email(), request.getRemoteAddr());
    }

    @PutMapping("/password-resets/{token}")
    @OpenTo(OpenTo.EVERYONE)
    @Refuses("link-not-usable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Replaces a forgotten password",
            description = "With the token of the letter's link, once. Every session and token of the account ends.")
    void reset(@PathVariable String token, @RequestBody Replacement replacement, HttpServletRequest request) {
        secrets.reset(token, replacement.password(), request.getRemoteAddr());
    }

    @PutMapping("/me/password")
    @OpenTo(OpenTo.SIGNED_IN)
    @Refuses({"wrong-sign-in", "second-factor-needed", "wrong-second-factor"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Changes one's password", description = "Every other session and all tokens of programs end.")
    void change(SignedIn person, @RequestBody Change change, HttpServletRequest request) {
        secrets.changePassword(
                person.self(),
                new Secrets.Proof(change.oldPassword(), change.secondFactor(), request.getRemoteAddr()),
                change.newPassword(),
                SessionCookie.token(request));
    }

    record Forgotten(@Schema(example = "ada@example.org") String email) {}

    record Replacement(
            @Schema(example = "correct horse battery staple")
            String password) {}

    /** @param secondFactor code of an authenticator app, or a recovery code, for whoever has set one up */
    record Change(
            String oldPassword,
            @Schema(minLength = 10, maxLength = 1000) String newPassword,
            @Schema(example = "123456") @Nullable String secondFactor) {}
}
