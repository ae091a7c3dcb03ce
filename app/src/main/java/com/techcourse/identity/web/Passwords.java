package com.techcourse.identity.web;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/** Argon2id (RFC 9106) with 19 MiB and two passes; as many at once as there are processors, so that guesses cannot eat the memory. */
@Component
class Passwords {

    /** Of nobody's password: an unknown e-mail address costs the same time as a known one. */
    private static final String NOBODY =
            "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    private static final int LONGEST = 1000;

    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors());

    /** The first check loads classes, which many at once must not wait for while they hold the few carrier threads. */
    Passwords() {
        encoder.matches("", NOBODY);
    }

    /** Without a hash the answer is no, after the same work. */
    boolean match(String password, @Nullable String hash) {
        if (password.length() > LONGEST) {
            return false;
        }
        turns.acquireUninterruptibly();
        try {
            boolean matches = encoder.matches(password, hash == null ? NOBODY : hash);
            return matches && hash != null;
        } finally {
            turns.release();
        }
    }

    /** To keep; the same work as a check. */
    String hash(String password) {
        turns.acquireUninterruptibly();
        try {
            return java.util.Objects.requireNonNull(encoder.encode(password));
        } finally {
            turns.release();
        }
    }
}
