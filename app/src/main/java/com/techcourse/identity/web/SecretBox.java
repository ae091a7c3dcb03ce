package com.techcourse.identity.web;

import com.techcourse.platform.api.Refused;
import com.techcourse.platform.secrets.SealedSecrets;
import com.techcourse.platform.secrets.SealedSecrets.Purpose;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Seals the secrets of second factors, each for its person. */
@Component
class SecretBox {

    private static final Logger LOG = LoggerFactory.getLogger(SecretBox.class);

    private final SealedSecrets secrets;

    SecretBox(SealedSecrets secrets) {
        this.secrets = secrets;
    }

    byte[] closed(byte[] secret, UUID owner) {
        if (!secrets.isAvailable()) {
            throw new Refused(
                    "second-factor-unavailable",
                    "The operator of this academy has to set TECHCOURSE_SECRET_KEY first.");
        }
        return secrets.sealed(secret, Purpose.SECOND_FACTORS, owner);
    }

    /** Empty when it was closed under another key: the operator's mistake, which the log tells. */
    Optional<byte[]> opened(byte[] box, UUID owner) {
        Optional<byte[]> secret = secrets.opened(box, Purpose.SECOND_FACTORS, owner);
        if (secret.isEmpty()) {
            LOG.error(
                    "A second factor does not open under this TECHCOURSE_SECRET_KEY; set the key that it was made with.");
        }
        return secret;
    }
}
