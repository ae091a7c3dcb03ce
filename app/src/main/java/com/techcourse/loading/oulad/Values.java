package com.techcourse.loading.oulad;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a column may hold. Everything but {@link #TEXT} is staged; a question mark and nothing both mean unknown. */
enum Values {
    TEXT("", "any text", true),
    MODULE("[A-Z]{3}", "three capital letters", false),
    PRESENTATION("20[0-9]{2}[BJ]", "a year with B (February) or J (October), like 2013J", false),
    ID("[1-9][0-9]{0,8}", "a whole number above 0", false),
    DAY("-?[0-9]{1,4}", "a whole number of days", false),
    DAY_IF_KNOWN("-?[0-9]{1,4}", "a whole number of days, or ?", true),
    LENGTH("[1-9][0-9]{0,3}", "a whole number of days above 0", false),
    WEIGHT("[0-9]{1,9}(\\.[0-9]{1,9})?", "a number from 0 to 100", false),
    SCORE_IF_KNOWN("[0-9]{1,9}(\\.[0-9]{1,9})?", "a number from 0 to 100, or ?", true),
    FLAG("[01]", "0 or 1", false),
    ASSESSMENT_TYPE("TMA|CMA|Exam", "TMA, CMA or Exam", false),
    RESULT("Pass|Fail|Withdrawn|Distinction", "Pass, Fail, Withdrawn or Distinction", false);

    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private final Pattern pattern;
    private final String meaning;
    private final boolean mayBeUnknown;

    Values(String pattern, String meaning, boolean mayBeUnknown) {
        this.pattern = Pattern.compile(pattern);
        this.meaning = meaning;
        this.mayBeUnknown = mayBeUnknown;
    }

    boolean isStaged() {
        return this != TEXT;
    }

    static boolean isUnknown(String value) {
        return value.isEmpty() || value.equals("?");
    }

    /** Why the value does not fit, as a sentence; null when it does. */
    @Nullable
    String fault(String value) {
        if (this == TEXT || isUnknown(value) && mayBeUnknown) {
            return null;
        }
        if (pattern.matcher(value).matches() && isWithinBounds(value)) {
            return null;
        }
        return isUnknown(value) ? "The value is missing; it must be " + meaning + "." : "It must be " + meaning + ".";
    }

    private boolean isWithinBounds(String value) {
        return this != WEIGHT && this != SCORE_IF_KNOWN || new BigDecimal(value).compareTo(HUNDRED) <= 0;
    }
}
