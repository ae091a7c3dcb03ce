package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** One's own second factor: an authenticator app, and recovery codes for when it is lost. */
@Api
class SecondFactorApi {

    private final OwnSecondFactor factor;
    private final Reassurance reassurance;

    SecondFactorApi(OwnSecondFactor factor, Reassurance reassurance) {
        this.factor = factor;
        this.reassurance = reassurance;
    }

    @GetMapping("/me/second-factor")
    @OpenTo(OpenTo.SIGNED_IN)
    @Operation(
            summary = "My second factor",
            description = "Whether it is on, needed by one of my roles, and the recovery codes left.")
    State state(SignedIn person) {
        OwnSecondFactor.State state = factor.of(person);
        return new State(state.enabled(), state.required(), state.recoveryCodesLeft());
    }

    @PostMapping("/me/second-factor")
    @OpenTo(OpenTo.SIGNED_IN)
    @Refuses({"proof-needed", "second-factor-on", "second-factor-unavailable"})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Set up an authenticator app",
            description = "Show otpauth_uri as a QR code; a first code then switches it on.")
    SetUp begin(SignedIn person, @RequestBody Proof proof, HttpServletRequest request) {
        reassurance.require(person, proof.password(), request);
        OwnSecondFactor.SetUp setUp = factor.begin(person);
        return new SetUp(setUp.secret(), setUp.otpauthUri());
    }

    @PutMapping("/me/second-factor")
    @OpenTo(OpenTo.SIGNED_IN)
    @Refuses({"wrong-second-factor", "no-second-factor"})
    @Operation(
            summary = "Switch the second factor on",
            description = "By a first code. Every other session ends; the recovery codes are in this answer only.")
    Codes confirm(SignedIn person, @RequestBody Code shown, HttpServletRequest request) {
        return new Codes(factor.confirm(person, shown.code().strip(), session(person, request))
                .codes());
    }

    @PostMapping("/me/second-factor/recovery-codes")
    @OpenTo(OpenTo.SIGNED_IN)
    @Refuses({"wrong-second-factor", "no-second-factor"})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "New recovery codes",
            description = "Against a code of the app or an old recovery code; the old ones end.")
    Codes renew(SignedIn person, @RequestBody Code shown, HttpServletRequest request) {
        session(person, request);
        return new Codes(factor.renewRecoveryCodes(person, shown.code(), request.getRemoteAddr())
                .codes());
    }

    @PostMapping("/me/second-factor/removal")
    @OpenTo(OpenTo.SIGNED_IN)
    @Refuses({"proof-needed", "second-factor-needed", "wrong-second-factor"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Remove the second factor",
            description =
                    "Against a code of the app or a recovery code, and the password; without one, signed in just now.")
    void remove(SignedIn person, @RequestBody Removal shown, HttpServletRequest request) {
        reassurance.require(person, shown.password(), request);
        factor.remove(person, shown.code(), request.getRemoteAddr());
    }

    /** The token of the browser's session. */
    private static String session(SignedIn person, HttpServletRequest request) {
        if (person.scopes() != null) {
            throw new Refused("forbidden", "A token of a program is not enough for this; sign in at a browser.");
        }
        return SessionCookie.token(request).orElseThrow(() -> new Refused("unauthenticated"));
    }

    /** @param recoveryCodesLeft not there while it is off */
    record State(
            boolean enabled, boolean required, @Nullable Integer recoveryCodesLeft) {}

    /** @param password of the account; without one, it is enough to have signed in just now */
    record Proof(
            @Schema(example = "correct horse battery staple") @Nullable
            String password) {}

    /** @param secret for typing, in Base32 */
    record SetUp(String secret, String otpauthUri) {}

    /** @param code six digits of the app, or a recovery code */
    record Code(@Schema(example = "123456", maxLength = 100) String code) {}

    /**
     * @param code six digits of the app, or a recovery code
     * @param password of the account; without one, it is enough to have signed in just now
     */
    record Removal(
            @Schema(example = "123456", maxLength = 100) String code,

            @Schema(example = "correct horse battery staple") @Nullable
            String password) {}

    record Codes(List<String> recoveryCodes) {}
}
