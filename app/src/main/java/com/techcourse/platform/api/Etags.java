package com.techcourse.platform.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions of rows as entity tags (RFC 9110, section 8.8.3), so that nobody overwrites what they have not seen. */
public final class Etags {

    private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"([0-9]{1,9})\"\\s*");

    private Etags() {}

    /** For the header {@code ETag}. */
    public static String of(int version) {
        return '"' + Integer.toString(version) + '"';
    }

    /**
     * The version that {@code If-Match} names. Without the header the request is refused (428), with anything that is
     * no version of ours it cannot match (412).
     */
    public static int required(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new Refused("precondition-required", "Read it first, and send its ETag as If-Match.");
        }
        Matcher tag = TAG.matcher(ifMatch);
        if (!tag.matches()) {
            throw stale();
        }
        return Integer.parseInt(tag.group(1));
    }

    /** Somebody else was faster. */
    public static Refused stale() {
        return new Refused("stale-version", "It has changed since you read it; read it again and repeat your change.");
    }
}
