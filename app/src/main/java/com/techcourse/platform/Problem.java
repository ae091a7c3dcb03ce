package com.techcourse.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told about a refusal, in the terms of RFC 9457.
 *
 * @param type an address relative to the academy, such as {@code /problems/already-enrolled}
 * @param detail one sentence that holds no row's values
 * @param field the field of the request that is at fault, when one is
 * @param faults every fault of a document that was refused; mostly none
 */
public record Problem(
        String type,
        int status,
        String title,
        String detail,
        @Nullable String field,
        List<Fault> faults) {

    public Problem {
        faults = List.copyOf(faults);
    }

    /** Without a list of faults. */
    public Problem(String type, int status, String title, String detail, @Nullable String field) {
        this(type, status, title, detail, field, List.of());
    }

    Problem with(List<Fault> all) {
        return new Problem(type, status, title, detail, field, all);
    }

    /**
     * One fault of a document.
     *
     * @param pointer JSON Pointer (RFC 6901) into the document
     */
    public record Fault(String pointer, String detail) {}

    /** Whether the same request may well succeed in a moment. What may have been done already is looked at first. */
    public boolean retryable() {
        return status == 503 && !type.equals("/problems/outcome-unknown");
    }

    /**
     * A kind of refusal.
     *
     * @param rules what is refused so, in plain English
     */
    public record Type(String type, int status, String title, List<String> rules) {

        public Type {
            rules = List.copyOf(rules);
        }
    }
}
