package com.techcourse.platform.watching;

/** How urgent a thing is; the order is that of the page. */
public enum Light {
    /** Somebody should act now. */
    BAD,
    /** Somebody should look today. */
    NOTE,
    /** Not asked, or nothing to ask yet. */
    UNKNOWN,
    GOOD;

    /** For style sheets and message keys. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
