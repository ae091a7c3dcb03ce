package com.techcourse.platform.webhooks;

import com.techcourse.platform.api.Refused;
import com.techcourse.platform.secrets.SealedSecrets;
import com.techcourse.platform.secrets.SealedSecrets.Purpose;
import com.techcourse.platform.webhooks.DeliveryQueue.Taken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Signs what receivers are sent (HMAC-SHA256, Standard Webhooks), with secrets that the database cannot read. */
@Component
class Signatures {

    private static final String HMAC = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SealedSecrets secrets;

    Signatures(SealedSecrets secrets) {
        this.secrets = secrets;
    }

    /** Nothing that could sign: it is not sent, because its receiver could not trust it. */
    static final class Impossible extends Exception {
        private static final long serialVersionUID = 1;

        Impossible() {
            super("No secret of this receiver opens under the key of this installation.");
        }
    }

    static byte[] freshSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /** As an admin is told it, once. */
    static String text(byte[] secret) {
        return "whsec_" + Base64.getEncoder().encodeToString(secret);
    }

    byte[] sealed(byte[] secret, UUID webhook) {
        if (!secrets.isAvailable()) {
            throw new Refused(
                    "secrets-unavailable", "The operator of this academy has to set TECHCOURSE_SECRET_KEY first.");
        }
        return secrets.sealed(secret, Purpose.WEBHOOKS, webhook);
    }

    /** One for each valid secret, the newest first, separated by blanks. */
    String of(Taken message) throws Impossible {
        byte[] signed =
                (message.event() + "." + message.sentAt() + "." + message.body()).getBytes(StandardCharsets.UTF_8);
        String signatures = message.keys().stream()
                .flatMap(key -> opened(key, message.webhook()).stream())
                .map(secret -> signature(secret, signed))
                .collect(Collectors.joining(" "));
        if (signatures.isEmpty()) {
            throw new Impossible();
        }
        return signatures;
    }

    /** One of this length was kept before secrets were sealed, and waits for that. */
    private Optional<byte[]> opened(byte[] key, UUID webhook) {
        return key.length == SECRET_BYTES ? Optional.of(key) : secrets.opened(key, Purpose.WEBHOOKS, webhook);
    }

    private static String signature(byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256.", e);
        }
    }
}
