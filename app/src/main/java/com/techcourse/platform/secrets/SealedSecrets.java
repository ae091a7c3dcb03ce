package com.techcourse.platform.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Encrypts what the database keeps but must not be able to read, with AES-256-GCM under {@code TECHCOURSE_SECRET_KEY} or
 * the key file of the data folder. A box opens for the purpose and the owner for whom it was sealed, and for nobody else.
 * It names its key, so that boxes of a key before the current one are opened, found and sealed again.
 */
@Component
public class SealedSecrets {

    /** What a secret is for; each purpose has a key of its own, made from that of the installation. */
    public enum Purpose {
        SECOND_FACTORS("second factors"),
        WEBHOOKS("webhooks");

        private final String label;

        Purpose(String label) {
            this.label = label;
        }
    }

    /** Without the name of its key. */
    private static final byte FIRST_VERSION = 1;

    private static final byte VERSION = 2;
    private static final int KEY_NAME = 4;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The current one first. */
    private final List<String> keys;

    /** @param before keys that sealed until now, one a line */
    SealedSecrets(
            @Value("${techcourse.secret-key:}") String key, @Value("${techcourse.secret-keys-before:}") String before) {
        this.keys = key.isEmpty()
                ? List.of()
                : Stream.concat(Stream.of(key), before.lines().map(String::strip))
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    /** Under these keys, the current one first. */
    public static SealedSecrets under(String key, String... before) {
        return new SealedSecrets(key, String.join("\n", before));
    }

    /** Whether this installation has a key at all. */
    public boolean isAvailable() {
        return !keys.isEmpty();
    }

    /** Under the current key. */
    public byte[] sealed(byte[] secret, Purpose purpose, UUID owner) {
        if (!isAvailable()) {
            throw new IllegalStateException("This installation has no key to seal secrets.");
        }
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, purpose, owner)
                    .doFinal(secret);
            return ByteBuffer.allocate(1 + KEY_NAME + NONCE + encrypted.length)
                    .put(mark())
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM.", e);
        }
    }

    /** Empty when none of the keys opens it. */
    public Optional<byte[]> opened(byte[] box, Purpose purpose, UUID owner) {
        int version = box.length == 0 ? 0 : box[0];
        int head = version == FIRST_VERSION ? 1 : 1 + KEY_NAME;
        if (version < FIRST_VERSION || version > VERSION || box.length < head + NONCE) {
            return Optional.empty();
        }
        byte[] name = Arrays.copyOfRange(box, 1, head);
        return keys.stream()
                .filter(key -> head == 1 || Arrays.equals(name(key), name))
                .flatMap(key -> opened(box, head, key, purpose, owner).stream())
                .findFirst();
    }

    /** With what every box under the current key begins; no box begins so without a key. */
    public byte[] mark() {
        return ByteBuffer.allocate(1 + KEY_NAME)
                .put(VERSION)
                .put(isAvailable() ? name(keys.getFirst()) : new byte[KEY_NAME])
                .array();
    }

    private static Optional<byte[]> opened(byte[] box, int head, String key, Purpose purpose, UUID owner) {
        byte[] nonce = Arrays.copyOfRange(box, head, head + NONCE);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, purpose, owner)
                    .doFinal(box, head + NONCE, box.length - head - NONCE));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] name(String key) {
        return Arrays.copyOf(hash("techcourse key name\n" + key), KEY_NAME);
    }

    private static Cipher cipher(int mode, String key, byte[] nonce, Purpose purpose, UUID owner)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec own = new SecretKeySpec(hash("techcourse " + purpose.label + "\n" + key), "AES");
        cipher.init(mode, own, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
