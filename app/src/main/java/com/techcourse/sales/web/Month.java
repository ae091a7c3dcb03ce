package com.techcourse.sales.web;

import com.techcourse.platform.api.Refused;
import java.time.LocalDate;

/** A calendar month of business days, as {@code 2026-10}. */
final class Month {

    static final String PATTERN = "^20[0-9]{2}-(0[1-9]|1[0-2])$";

    private Month() {}

    /** Its first day. */
    static LocalDate firstDay(String month) {
        if (!month.matches(PATTERN)) {
            throw new Refused("invalid-value", "A month is written like 2026-10.", "month");
        }
        return LocalDate.parse(month + "-01");
    }

    static String of(LocalDate day) {
        return day.toString().substring(0, 7);
    }
}
