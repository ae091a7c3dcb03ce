package com.techcourse.reporting.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * From which business day to which, both included, as an accountant typed them. What cannot be understood stays as
 * typed, with the key of the sentence that says why.
 */
public record Period(String from, String to, @Nullable String fault) {

    private static final int LONGEST = 1100;
    private static final int USUAL = 30;

    static Period of(@Nullable String from, @Nullable String to, LocalDate today) {
        String last = to == null || to.isBlank() ? today.toString() : to.strip();
        String first = from == null || from.isBlank() ? usualStart(last, today) : from.strip();
        return new Period(first, last, fault(first, last));
    }

    private static String usualStart(String last, LocalDate today) {
        try {
            return LocalDate.parse(last).minusDays(USUAL - 1L).toString();
        } catch (DateTimeParseException e) {
            return today.minusDays(USUAL - 1L).toString();
        }
    }

    private static @Nullable String fault(String from, String to) {
        try {
            LocalDate first = LocalDate.parse(from);
            LocalDate last = LocalDate.parse(to);
            if (first.getYear() < 1900 || last.getYear() > 2999) {
                return "period.fault.date";
            }
            if (first.isAfter(last)) {
                return "period.fault.order";
            }
            return ChronoUnit.DAYS.between(first, last) > LONGEST ? "period.fault.length" : null;
        } catch (DateTimeParseException e) {
            return "period.fault.date";
        }
    }

    public boolean isValid() {
        return fault == null;
    }

    LocalDate firstDay() {
        return LocalDate.parse(from);
    }

    LocalDate lastDay() {
        return LocalDate.parse(to);
    }
}
