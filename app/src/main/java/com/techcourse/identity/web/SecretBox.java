package com.techcourse.identity.web;

import com.techcourse.platform.api.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Encrypts what the database keeps but must not be able to read, with AES-256-GCM under {@code TECHCOURSE_SECRET_KEY} or
 * the key file of the data folder. A box opens for the person for whom it was closed, and for nobody else.
 */
@Component
class SecretBox {

    private static final Logger LOG = LoggerFactory.getLogger(SecretBox.class);
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String key;

    SecretBox(@Value("${techcourse.secret-key:}") String key) {
        this.key = key;
    }

    byte[] closed(byte[] secret, UUID owner) {
        if (key.isEmpty()) {
            throw new Refused(
                    "second-factor-unavailable",
                    "The operator of this academy has to set TECHCOURSE_SECRET_KEY first.");
        }
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(secret);
            return ByteBuffer.allocate(1 + NONCE + encrypted.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM.", e);
        }
    }

    /** Empty when it was closed under another key: the operator's mistake, which the log tells. */
    Optional<byte[]> opened(byte[] box, UUID owner) {
        try {
            byte[] nonce = Arrays.copyOfRange(box, 1, 1 + NONCE);
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(box, 1 + NONCE, box.length - 1 - NONCE));
        } catch (GeneralSecurityException e) {
            LOG.error(
                    "A second factor does not open under this TECHCOURSE_SECRET_KEY; set the key that it was made with.");
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, UUID owner) throws GeneralSecurityException {
        byte[] hashed = MessageDigest.getInstance("SHA-256")
                .digest(("techcourse second factors\n" + key).getBytes(StandardCharsets.UTF_8));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(hashed, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
