package com.techcourse.identity.web;

import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Becoming a student: sign up, follow the link of the letter, and the account is there. */
@Api
class SignUpsApi {

    private final SignUps signUps;

    SignUpsApi(SignUps signUps) {
        this.signUps = signUps;
    }

    @PostMapping("/sign-ups")
    @OpenTo(OpenTo.EVERYONE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Signs up",
            description = "A letter goes to the address. The answer is the same whether it has an account already.")
    void signUp(@RequestBody SignUp wanted, HttpServletRequest request) {
        signUps.request(
                wanted.email(),
                wanted.password(),
                wanted.displayName(),
                wanted.locale() == null ? "en" : wanted.locale(),
                request.getRemoteAddr());
    }

    @PostMapping("/email-verifications")
    @OpenTo(OpenTo.EVERYONE)
    @Refuses({"link-not-usable", "email-taken"})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Proves an e-mail address",
            description = "With the token of the letter's link, once. Now one can sign in.")
    Verified verify(@RequestBody Verification proof, HttpServletRequest request) {
        return new Verified(signUps.verify(proof.token(), request.getRemoteAddr()));
    }

    /**
     * @param displayName as one wants to be called
     * @param locale language of letters and pages, such as en or de
     */
    record SignUp(
            @Schema(example = "ada@example.org") String email,

            @Schema(example = "correct horse battery staple", minLength = 10, maxLength = 1000)
            String password,

            @Schema(example = "Ada", maxLength = 120) String displayName,
            @Schema(example = "en") @Nullable String locale) {}

    record Verification(String token) {}

    record Verified(UUID userId) {}
}
