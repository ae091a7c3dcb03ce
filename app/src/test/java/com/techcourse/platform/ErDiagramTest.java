package com.techcourse.platform;

import com.techcourse.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/er-diagram.md and .svg are made from the catalog of the migrated database. */
class ErDiagramTest {

    private static ErDiagram diagram;

    @BeforeAll
    static void migrated() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                CatalogQueries catalog = CatalogQueries.open(database.ownerUrl())) {
            diagram = ErDiagram.of(catalog);
        }
    }

    @Test
    void theDiagramIsAsCommitted() {
        CommittedFile.of("docs/er-diagram.md").mustRead(diagram.markdown());
    }

    @Test
    void thePictureIsAsCommitted() {
        CommittedFile.of("docs/er-diagram.svg").mustRead(new ErPicture(diagram).svg());
    }
}
