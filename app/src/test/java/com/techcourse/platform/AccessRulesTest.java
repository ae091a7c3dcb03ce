package com.techcourse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must stay shut whatever the matrix says. Anna acts as a student; the session is the application's. */
class AccessRulesTest {

    private static final String ANNA = "00000000-0000-7000-8000-0000000000a1";
    /** Readable by everyone, each with its reason in exceptions.txt or its policy; courses without their drafts. */
    private static final List<String> PUBLIC = List.of(
            "catalog.categories",
            "catalog.courses",
            "catalog.lessons",
            "catalog.sections",
            "identity.instructor_profiles",
            "learning.reviews",
            "platform.jobs",
            "platform.outbox",
            "platform.settings",
            "platform.event_types",
            "platform.shard_plan");

    private static TestDatabase database;
    private Connection session;

    @BeforeAll
    static void filled() throws SQLException {
        database = TestDatabase.create();
        try (Connection owner = database.ownerUrl().connect();
                Statement statement = owner.createStatement()) {
            statement.execute(CommittedFile.read(CatalogQueries.TEST_RESOURCES.resolve("access/fixture.sql")));
        }
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        session = database.appUrl().connect();
        session.setAutoCommit(false);
    }

    @AfterEach
    void back() throws SQLException {
        session.rollback();
        session.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select",
                "set local app.user_id = ''",
                "set local app.role = ''; set local app.user_id = ''",
                "select platform.act_as(null, 'visitor')"
            })
    void whoeverActsAsNobodySeesNoPersonalRow(String context) throws SQLException {
        run(context);
        assertThat(readableTables().stream().filter(table -> !PUBLIC.contains(table)))
                .isNotEmpty()
                .allSatisfy(table -> assertThat(run("select count(*) from " + table))
                        .as(table)
                        .isEqualTo("0"));
    }

    @Test
    void theActingPersonIsGoneAfterTheTransaction() throws SQLException {
        actAsAnna();
        assertThat(run("select count(*) from learning.enrollments")).isEqualTo("1");
        session.commit();
        assertThat(run("select count(*) from learning.enrollments")).isEqualTo("0");
    }

    @Test
    void aStudentNeverReadsTheKeysOfAQuiz() throws SQLException {
        actAsAnna();
        assertThat(run("select count(*) from catalog.quizzes")).isEqualTo("0");
        assertThat(run("select learning.quiz_paper('00000000-0000-7000-8000-000000000401')"))
                .contains("A key is unique.")
                .doesNotContain("answer");
        refused("select metadata from catalog.quiz_versions");
    }

    @Test
    void aStudentNeverGrades() throws SQLException {
        actAsAnna();
        refused("update learning.attempts set score = 100");
        refused("update learning.attempts set status = 'graded' where status = 'in_progress'");
        refused("update learning.attempts set passing_score = 0");
        refused("insert into learning.certificates (student_id, course_id, number) values (null, null, null)");
        refused("update learning.enrollments set completed_at = now()");
    }

    @Test
    void aStudentNeverWritesMoney() throws SQLException {
        actAsAnna();
        refused("update sales.orders set total_amount = 0");
        refused("insert into sales.payments (status) values ('captured')");
        refused("insert into sales.refunds (amount) values (1)");
        refused("update catalog.course_instructors set instructor_id = '" + ANNA + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "techcourse_owner",
                "techcourse_loader",
                "techcourse_reader",
                "techcourse_recorder",
                "techcourse_gatekeeper"
            })
    void theApplicationBecomesNoOtherRole(String role) throws SQLException {
        refused("set role " + role);
        refused("set session authorization " + role);
    }

    @Test
    void theApplicationCannotLiftRowSecurity() throws SQLException {
        actAsAnna();
        run("set local row_security = off");
        refused("select count(*) from learning.enrollments");
        refused("alter table learning.enrollments disable row level security");
        refused("select count(*) from " + partition());
    }

    private void actAsAnna() throws SQLException {
        run("select platform.act_as('" + ANNA + "', 'student')");
    }

    private void refused(String sql) throws SQLException {
        Savepoint before = session.setSavepoint();
        assertThat(sqlState(sql)).as(sql).isEqualTo("42501");
        session.rollback(before);
    }

    private String sqlState(String sql) {
        try {
            run(sql);
            return "00000";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private String partition() throws SQLException {
        return run("select min(c.oid::regclass::text) from pg_class c"
                + " where c.relispartition and c.relname like 'attempts_p%' and c.relkind = 'r'");
    }

    private List<String> readableTables() throws SQLException {
        return List.of(run("""
                select string_agg(format('%s.%s', schemaname, tablename), ',' order by schemaname, tablename) from pg_tables
                 where has_schema_privilege(schemaname, 'usage')
                   and has_any_column_privilege(format('%I.%I', schemaname, tablename)::regclass, 'select')
                   and schemaname not in ('pg_catalog', 'information_schema')""").split(","));
    }

    private String run(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            ResultSet rows = statement.getResultSet();
            return rows.next() && rows.getMetaData().getColumnCount() > 0 ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
