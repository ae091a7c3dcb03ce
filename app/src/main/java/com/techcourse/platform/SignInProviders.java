package com.techcourse.platform;

import com.techcourse.platform.postgres.DatabaseProblem;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenID Connect providers that operators set: {@code TECHCOURSE_OIDC_NAME_ISSUER}, {@code .._CLIENT_ID}, {@code
 * .._CLIENT_SECRET} and {@code .._DISPLAY_NAME}, for each provider a NAME of its own.
 */
final class SignInProviders {

    private static final String PREFIX = "TECHCOURSE_OIDC_";
    private static final Pattern VARIABLE =
            Pattern.compile(PREFIX + "([A-Z0-9]{1,40})_(ISSUER|CLIENT_ID|CLIENT_SECRET|DISPLAY_NAME)");
    private static final Pattern ISSUER =
            Pattern.compile("https://[^\\s?#]+|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?(/[^\\s?#]*)?");

    private SignInProviders() {}

    static Map<String, String> settings(Map<String, String> variables) {
        Map<String, String> settings = new TreeMap<>();
        new TreeMap<>(variables).forEach((variable, value) -> {
            if (variable.startsWith(PREFIX) && !value.isBlank()) {
                Matcher parts = understood(variable);
                check(parts.group(1), variables);
                settings.put(
                        "techcourse.oidc." + parts.group(1).toLowerCase(Locale.ROOT) + "."
                                + parts.group(2).toLowerCase(Locale.ROOT).replace('_', '-'),
                        value.strip());
            }
        });
        return settings;
    }

    private static Matcher understood(String variable) {
        Matcher parts = VARIABLE.matcher(variable);
        if (parts.matches()) {
            return parts;
        }
        throw new DatabaseProblem(
                variable + " is no setting of a sign-in provider.",
                "Name it " + PREFIX
                        + "NAME_ISSUER, _CLIENT_ID, _CLIENT_SECRET or _DISPLAY_NAME, where NAME has capitals and digits only.");
    }

    private static void check(String name, Map<String, String> variables) {
        if (variables.getOrDefault(PREFIX + name + "_CLIENT_ID", "").isBlank()) {
            throw new DatabaseProblem(
                    "The sign-in provider " + name + " has no " + PREFIX + name + "_CLIENT_ID.",
                    "Set it to the id that the provider gave to the academy.");
        }
        String issuer = variables.getOrDefault(PREFIX + name + "_ISSUER", "").strip();
        if (!ISSUER.matcher(issuer).matches() || issuer.length() > 300) {
            throw new DatabaseProblem(
                    PREFIX + name + "_ISSUER is \"" + issuer + "\", which is not the address of an issuer.",
                    "Set it to an https address, such as https://login.example.org, as the provider writes it.");
        }
    }
}
