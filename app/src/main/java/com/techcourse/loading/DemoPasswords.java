package com.techcourse.loading;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Passwords of the demo sign-ins, different in every installation: words of eight syllables (about 50 bits) drawn from
 * a secret of the installation, so that they can be shown again without being kept anywhere.
 */
public final class DemoPasswords {

    private static final String MAC = "HmacSHA256";
    private static final String CONSONANTS = "bdfghjklmnprstvz";
    private static final String VOWELS = "aeiou";
    private static final int SYLLABLES = 8;

    private final SecretKeySpec secret;

    private DemoPasswords(byte[] secret) {
        this.secret = new SecretKeySpec(secret, MAC);
    }

    /** The secret must be random and private, as the owner's password in the embedded database is. */
    public static DemoPasswords derivedFrom(String secret) {
        if (secret.length() < 16) {
            throw new IllegalArgumentException("A secret of " + secret.length() + " characters is too short.");
        }
        return new DemoPasswords(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** New ones, known only to the caller. */
    public static DemoPasswords random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new DemoPasswords(HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.UTF_8));
    }

    String of(String email) {
        byte[] random = mac("demo sign-in " + email);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < SYLLABLES; i++) {
            if (i > 0 && i % 2 == 0) {
                word.append('-');
            }
            word.append(CONSONANTS.charAt(Byte.toUnsignedInt(random[2 * i]) % CONSONANTS.length()))
                    .append(VOWELS.charAt(Byte.toUnsignedInt(random[2 * i + 1]) % VOWELS.length()));
        }
        return word.toString();
    }

    /** Argon2id by e-mail address, with the parameters that a sign-in expects. */
    Map<String, String> hashes() {
        Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
        return DemoLogins.EMAILS.values().stream()
                .collect(Collectors.toMap(email -> email, email -> encoder.encode(of(email))));
    }

    private byte[] mac(String message) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(secret);
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + MAC + ".", e);
        }
    }
}
