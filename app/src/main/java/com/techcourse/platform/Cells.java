package com.techcourse.platform;

import org.jspecify.annotations.Nullable;

/** What a spreadsheet must not take for more than it is. */
final class Cells {

    private static final String BEGINS_A_FORMULA = "=+-@\t\r";

    private Cells() {}

    /** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
    static String harmless(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        boolean formula = value instanceof String && !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }
}
