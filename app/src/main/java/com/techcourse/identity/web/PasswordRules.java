package com.techcourse.identity.web;

import com.techcourse.platform.api.Refused;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which passwords are refused: too short, too long, among the first that anybody guesses, or the person's own words. */
final class PasswordRules {

    static final int SHORTEST = 10;
    static final int LONGEST = 1000;

    private static final Set<String> GUESSED_FIRST = Set.of(
            "1234567890",
            "0123456789",
            "12345678910",
            "123456789012",
            "qwertyuiop",
            "qwertzuiop",
            "password12",
            "password123",
            "password1234",
            "passwort123",
            "1q2w3e4r5t",
            "1qaz2wsx3edc",
            "iloveyou123",
            "letmein123",
            "welcome123",
            "admin12345",
            "changeme123",
            "techcourse",
            "techcourse1",
            "techcourse123");

    private PasswordRules() {}

    static void check(String password, String email, @Nullable String name) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw refused("A password has " + SHORTEST + " to " + LONGEST + " characters.");
        }
        String plain = password.toLowerCase(Locale.ROOT);
        if (GUESSED_FIRST.contains(plain) || password.chars().distinct().count() < 4) {
            throw refused("This password is among the first that are guessed; choose another.");
        }
        String local = email.toLowerCase(Locale.ROOT).replaceFirst("@.*", "");
        if (plain.equals(email.toLowerCase(Locale.ROOT))
                || plain.equals(local)
                || name != null && plain.equals(name.toLowerCase(Locale.ROOT))) {
            throw refused("A password is not the own name or e-mail address; choose another.");
        }
    }

    private static Refused refused(String sentence) {
        return new Refused("invalid-value", sentence, "password");
    }
}
