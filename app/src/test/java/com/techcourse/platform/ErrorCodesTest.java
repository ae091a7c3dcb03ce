package com.techcourse.platform;

import com.techcourse.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** docs/error-codes.md is made from what the functions of the migrated database raise. */
class ErrorCodesTest {

    private static final Path QUERY = CatalogQueries.TEST_RESOURCES.resolve("docs/error-codes.sql");
    private static final String HEADER = """
            # Error codes

            Where a constraint cannot say it, a function of the database raises its own SQLSTATE: `TC` and three digits,
            the first of which is the room (0 platform, 1 identity, 2 catalog, 3 learning, 4 sales, 5 audit, 6 reporting,
            7 analytics). Programs look at the code, and at the constraint's name for the rest (SQLSTATE class 23);
            the text is for people and may change. `…` stands for a value.

            | code | says | way out | raised by |
            | --- | --- | --- | --- |
            """;
    private static final String FOOTER = """

            PostgreSQL's own codes that the application answers: 23505, 23503, 23P01 and 23001 (conflict; PostgreSQL 18 says
            23001 where a row that is still needed would be deleted, earlier versions 23503), 23514 and 23502 (a value breaks
            a rule), 40001 and 40P01 (try again), 42501 (not allowed), 55P03 (a lock was not free in time).

            Made by `ErrorCodesTest` from the migrated schema; `-Dtechcourse.rewrite=true` writes it anew.
            """;

    @Test
    void everyCodeIsDocumented() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                CatalogQueries catalog = CatalogQueries.open(database.ownerUrl())) {
            CommittedFile.of("docs/error-codes.md")
                    .mustRead(HEADER + String.join("\n", catalog.lines(CommittedFile.read(QUERY))) + "\n" + FOOTER);
        }
    }
}
