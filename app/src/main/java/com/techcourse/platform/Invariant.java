package com.techcourse.platform;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that must never be untrue.
 *
 * @param enforcedBy what in the database sees to it
 * @param sqlState how the database refuses
 * @param problem the type of the answer
 * @param proof kind of test (refusal, race, crash) to methods, as {@code room.Class#method}
 */
record Invariant(
        String id,
        String rule,
        List<Guard> enforcedBy,
        String sqlState,
        ProblemType problem,
        @Nullable String field,
        Map<String, List<String>> proof) {

    /** A kind of answer, shared by many rules. */
    record ProblemType(String name, int status, String title) {}

    /** A thing in the database that refuses: {@code constraint learning.reviews.reviews_body_length_check}. */
    record Guard(Kind kind, String name) {

        enum Kind {
            CONSTRAINT,
            INDEX,
            TRIGGER,
            POLICY,
            DOMAIN,
            FUNCTION,
            WITHHELD
        }

        static Guard parse(String text) {
            String[] parts = text.split(" ", 2);
            return new Guard(Kind.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT)), parts[1]);
        }

        /** Whether the server names it when it refuses. */
        boolean isNamedInErrors() {
            return kind == Kind.CONSTRAINT || kind == Kind.INDEX || kind == Kind.DOMAIN;
        }

        /** Without schema and table. */
        String simpleName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }

        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + name;
        }
    }

    Invariant {
        enforcedBy = List.copyOf(enforcedBy);
        proof = Map.copyOf(proof);
    }

    Problem says(String sentence) {
        return new Problem("/problems/" + problem.name(), problem.status(), problem.title(), sentence, field);
    }

    /** Whether the database raises a sentence of its own for it. */
    boolean hasItsOwnError() {
        return sqlState.startsWith("TC");
    }
}
