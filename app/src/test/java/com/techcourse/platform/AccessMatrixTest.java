package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may do what to which object, and to whose rows: every grant and policy is a line of access-matrix.txt. */
class AccessMatrixTest {

    private static final Path FOLDER = CatalogQueries.TEST_RESOURCES.resolve("access");
    private static final String HEADER = """
            # Made by AccessMatrixTest from the migrated schema; what is not listed is refused (SQLSTATE 42501).
            #
            # 1. role | object | right | columns, where not all
            # 2. techcourse_app under row security: acting as | table | verb | whose rows: outcome, seen on the rows of access/fixture.sql
            #    Anna acts as student, Ivan as instructor, Ada as admin; own = a row that names the acting person, with its status.
            #    yes = done; no = the row is not there for this person; 42501 = a policy refuses; restricted = allowed, but other
            #    rows hang on it; TC... = a rule refuses first (docs/error-codes.md). nobody = no acting person was ever set.
            """;

    private static TestDatabase database;
    private static CatalogQueries catalog;

    @BeforeAll
    static void filled() throws SQLException {
        database = TestDatabase.create();
        catalog = CatalogQueries.open(database.ownerUrl());
        catalog.run(CommittedFile.read(FOLDER.resolve("fixture.sql")));
    }

    @AfterAll
    static void close() throws SQLException {
        catalog.close();
        database.close();
    }

    @Test
    void theMatrixIsAsCommitted() throws SQLException {
        List<String> rights = catalog.lines(CommittedFile.read(FOLDER.resolve("rights.sql")));
        List<String> rows = new ArrayList<>();
        try (Connection app = database.appUrl().connect()) {
            app.setAutoCommit(false);
            for (RowAccess.Person person : RowAccess.Person.values()) {
                rows.addAll(new RowAccess(catalog, app, person).lines());
            }
        }
        CommittedFile.of("app/src/test/resources/access-matrix.txt")
                .mustRead(HEADER + "\n" + String.join("\n", rights) + "\n\n" + String.join("\n", rows) + "\n");
    }

    /** The catalog says so, and the server does so. */
    @Test
    void everyLoginIsRefusedWhatItHasNoRightTo() throws SQLException {
        List<String> wrong = new ArrayList<>();
        for (String login : List.of("techcourse_app", "accountant", "marketing", "auditor", "analyst")) {
            try (Connection session = session(login)) {
                for (List<String> right : catalog.rows(CommittedFile.read(FOLDER.resolve("verbs.sql")), login)) {
                    boolean done = isDone(session, right.get(1));
                    if (done != right.get(0).equals("t")) {
                        wrong.add(login + ": " + right.get(1) + (done ? " is done" : " is refused"));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Connection session(String login) throws SQLException {
        Connection session =
                (login.equals("techcourse_app") ? database.appUrl() : database.personaUrl(login)).connect();
        session.setAutoCommit(false);
        return session;
    }

    private static boolean isDone(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("set transaction read write");
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(sql).isEqualTo("42501");
            return false;
        } finally {
            session.rollback();
        }
    }
}
