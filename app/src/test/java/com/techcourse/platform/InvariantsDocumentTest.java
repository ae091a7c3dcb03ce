package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/invariants.md} is made from the list; {@code -Dtechcourse.rewrite=true} writes it anew. */
class InvariantsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "invariants.md");

    private static final String HEAD = """
            # Invariants

            What must never be untrue, what in the database sees to it, how the API answers, and which test proves it.
            Made from `app/src/main/resources/invariants.yaml`; a test compares that list with the catalog of a migrated
            database. Rewrite with `-Dtechcourse.rewrite=true`.
            """;

    @Test
    void theDocumentIsUpToDate() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("techcourse.rewrite")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
    }

    private static String document() {
        return Invariants.load().all().stream()
                .map(InvariantsDocumentTest::section)
                .collect(Collectors.joining("\n", HEAD + "\n", ""));
    }

    private static String section(Invariant invariant) {
        String field = invariant.field() == null ? "" : ", field `" + invariant.field() + "`";
        return "## " + invariant.id() + "\n\n" + invariant.rule() + "\n\n"
                + line("Enforced by", invariant.enforcedBy().stream().map(guard -> "`" + guard + "`"))
                + "- Refused with `" + invariant.sqlState() + "`, answered "
                + invariant.problem().status() + " `/problems/"
                + invariant.problem().name() + "`" + field + "\n"
                + invariant.proof().entrySet().stream()
                        .sorted(java.util.Map.Entry.comparingByKey())
                        .map(proof -> line(
                                "Proof (" + proof.getKey() + ")",
                                proof.getValue().stream().map(test -> "`" + test + "`")))
                        .collect(Collectors.joining());
    }

    private static String line(String label, Stream<String> values) {
        return "- " + label + ": " + values.collect(Collectors.joining(", ")) + "\n";
    }
}
