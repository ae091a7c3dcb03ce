package com.techcourse.loading.csv;

import static com.techcourse.loading.csv.Column.Form.COUNT;
import static com.techcourse.loading.csv.Column.Form.NUMBER;
import static com.techcourse.loading.csv.Column.Form.TEXT;
import static com.techcourse.loading.csv.Column.Form.TIME;
import static com.techcourse.loading.csv.Column.Form.YES_NO;
import static com.techcourse.loading.csv.Column.optional;
import static com.techcourse.loading.csv.Column.required;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a file holds, its columns, and those that name a row, so that no file names one twice. */
public enum ImportKind {
    USERS(
            List.of("external_id"),
            required("external_id", TEXT),
            required("email", TEXT),
            required("display_name", TEXT),
            optional("locale", TEXT),
            optional("country", TEXT),
            optional("roles", TEXT)),
    COURSES(
            List.of("external_id"),
            required("external_id", TEXT),
            required("slug", TEXT),
            required("title", TEXT),
            required("category", TEXT),
            required("instructor_email", TEXT),
            required("price", NUMBER),
            required("currency", TEXT),
            optional("subtitle", TEXT),
            optional("description", TEXT),
            optional("language", TEXT),
            optional("level", TEXT)),
    ENROLLMENTS(
            List.of("student", "course"),
            required("student", TEXT),
            required("course", TEXT),
            optional("enrolled_at", TIME)),
    COUPONS(
            List.of("code"),
            required("code", TEXT),
            required("scope", TEXT),
            required("valid_until", TIME),
            required("max_redemptions", COUNT),
            optional("percent_off", NUMBER),
            optional("amount_off", NUMBER),
            optional("currency", TEXT),
            optional("course", TEXT),
            optional("instructor_email", TEXT),
            optional("valid_from", TIME),
            optional("max_per_student", COUNT),
            optional("first_purchase_only", YES_NO),
            optional("active", YES_NO));

    private final List<String> key;
    private final List<Column> columns;

    ImportKind(List<String> key, Column... columns) {
        this.key = key;
        this.columns = List.of(columns);
    }

    public static Optional<ImportKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.label().equals(name)).findFirst();
    }

    /** As the API and the command line name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public List<Column> columns() {
        return columns;
    }

    List<String> key() {
        return key;
    }
}
