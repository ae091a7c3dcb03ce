package com.techcourse.platform.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of {@code deploy/ha}. Its {@code ${names}} are all there is to fill in. */
record Template(String name, String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z0-9_]+)}");

    static Template of(String name) {
        try (InputStream file = Template.class.getResourceAsStream("/deploy/ha/" + name)) {
            if (file == null) {
                throw new IllegalArgumentException("There is no template " + name + ".");
            }
            return new Template(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every name must have a value, of one line. */
    String filledIn(Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(values, found.group(1))));
    }

    private String value(Map<String, String> values, String placeholder) {
        String value = values.get(placeholder);
        if (value == null || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "The template " + name + " asks for ${" + placeholder + "}, which has no value of one line.");
        }
        return value;
    }
}
