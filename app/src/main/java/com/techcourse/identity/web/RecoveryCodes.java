package com.techcourse.identity.web;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Codes for a lost authenticator app, to be kept on paper: 80 random bits each, so that a plain SHA-256 tells nothing. */
record RecoveryCodes(List<String> codes) {

    private static final int COUNT = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    RecoveryCodes {
        codes = List.copyOf(codes);
    }

    static RecoveryCodes fresh() {
        return new RecoveryCodes(
                Stream.generate(RecoveryCodes::code).limit(COUNT).toList());
    }

    private static String code() {
        byte[] bytes = new byte[10];
        RANDOM.nextBytes(bytes);
        return TimeCodes.base32(bytes).toLowerCase(Locale.ROOT).replaceAll("(.{4})(?!$)", "$1-");
    }

    /** Of a code as somebody typed it. */
    static byte[] hash(String typed) {
        return Sha256.of(typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
    }

    byte[][] hashes() {
        return codes.stream().map(RecoveryCodes::hash).toArray(byte[][]::new);
    }
}
