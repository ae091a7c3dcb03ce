package com.techcourse.identity.web;

import java.security.SecureRandom;
import java.util.Base64;

/** 32 random bytes for somebody else to keep; we keep their SHA-256. */
record SecretToken(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static SecretToken fresh() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new SecretToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] hash() {
        return Sha256.of(value);
    }

    @Override
    public String toString() {
        return "…";
    }
}
