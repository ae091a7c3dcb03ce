package com.techcourse.catalog.web;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/** Makes names for addresses. */
final class Slugs {

    private static final int LONGEST = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Slugs() {}

    /** The words of a title, and a few random digits that keep two courses of one title apart. */
    static String of(String title) {
        String words = Normalizer.normalize(title, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        byte[] digits = new byte[4];
        RANDOM.nextBytes(digits);
        String start = words.isEmpty() ? "course" : words.substring(0, Math.min(words.length(), LONGEST));
        return start.replaceAll("-$", "") + "-" + HexFormat.of().formatHex(digits);
    }
}
