package com.techcourse.loading.csv;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A column of a file. */
public record Column(String name, Form form, boolean required) {

    /** What a value looks like. */
    public enum Form {
        TEXT("text"),
        NUMBER("numeric"),
        COUNT("integer"),
        TIME("timestamptz"),
        YES_NO("boolean");

        private final String sqlType;

        Form(String sqlType) {
            this.sqlType = sqlType;
        }

        String sqlType() {
            return sqlType;
        }
    }

    private static final int LONGEST = 20_000;

    static Column required(String name, Form form) {
        return new Column(name, form, true);
    }

    static Column optional(String name, Form form) {
        return new Column(name, form, false);
    }

    /** What is wrong with a value, in a sentence that does not repeat it; null when it will do. */
    @Nullable
    String fault(String value) {
        if (value.isEmpty()) {
            return required ? "A value must be there." : null;
        }
        if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
            return "The value is too long, or holds a character that no text may hold.";
        }
        return switch (form) {
            case TEXT -> null;
            case NUMBER -> value.matches("-?[0-9]{1,10}(\\.[0-9]{1,2})?") ? null : "It is a number such as 49.50.";
            case COUNT -> value.matches("[0-9]{1,8}") ? null : "It is a whole number such as 100.";
            case YES_NO -> value.matches("true|false") ? null : "It is true or false.";
            case TIME -> isTime(value) ? null : "It is a moment such as 2026-11-30T18:00:00Z.";
        };
    }

    private static boolean isTime(String value) {
        try {
            int year = OffsetDateTime.parse(value).getYear();
            return year >= 2000 && year < 3000;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
