package com.techcourse.loading.oulad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcourse.loading.oulad.ImportReport.State;
import com.techcourse.loading.oulad.OuladImport.Options;
import com.techcourse.platform.postgres.DatabaseProblem;
import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OuladImportTest {

    private final TestDatabase database = TestDatabase.create();

    @TempDir
    private Path folder;

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void everyRowIsTakenOver() throws IOException {
        ImportReport report = run(SmallSet.in(folder), Options.DEFAULT);
        assertThat(report.state()).isEqualTo(State.DONE);
        assertThat(report.written())
                .containsEntry("courses", 2)
                .containsEntry("quizzes", 3)
                .containsEntry("users", 6)
                .containsEntry("enrollments", 5)
                .containsEntry("attempts", 5);
        assertThat(texts("select external_id || ' ' || price || ' ' || status from catalog.courses order by 1"))
                .containsExactly("oulad:AAA-2013J 0.00 published", "oulad:BBB-2014B 0.00 published");
    }

    @Test
    void daysCountFromTheStartOfThePresentationInUtc() throws IOException {
        run(SmallSet.in(folder), Options.DEFAULT);
        assertThat(texts("""
                                select concat_ws(' ', u.external_id, c.external_id, e.enrolled_at at time zone 'UTC',
                                         e.ended_at at time zone 'UTC', e.end_reason, e.completed_at at time zone 'UTC')
                                  from learning.enrollments e join identity.users u on u.id = e.student_id
                                  join catalog.courses c on c.id = e.course_id order by 1
                                """))
                .containsExactly(
                        "oulad:student:1 oulad:AAA-2013J 2013-04-25 00:00:00 2014-06-26 00:00:00",
                        "oulad:student:1 oulad:BBB-2014B 2014-01-27 00:00:00 2014-09-29 00:00:00",
                        "oulad:student:2 oulad:AAA-2013J 2013-09-11 00:00:00 2013-10-13 00:00:00 withdrawn",
                        "oulad:student:3 oulad:AAA-2013J 2013-10-01 00:00:00 2014-06-26 00:00:00 withdrawn",
                        "oulad:student:4 oulad:BBB-2014B 2014-02-11 00:00:00");
    }

    @Test
    void submissionsBecomeAttemptsWithScoreDeadlineAndVerdict() throws IOException {
        run(SmallSet.in(folder), Options.DEFAULT);
        assertThat(texts("""
                                select concat_ws(' ', q.external_id, u.external_id, a.submitted_at at time zone 'UTC', a.status, a.score,
                                         case when a.passed then 'passed' end, case when a.late then 'late' end)
                                  from learning.attempts a join identity.users u on u.id = a.student_id
                                  join catalog.quizzes q on q.id = a.quiz_id order by 1
                                """))
                .containsExactly(
                        "oulad:assessment:101 oulad:student:1 2013-10-19 00:00:00 graded 78.00 passed",
                        "oulad:assessment:101 oulad:student:2 2013-10-26 00:00:00 graded 39.50 late",
                        "oulad:assessment:102 oulad:student:1 2014-05-19 00:00:00 submitted",
                        "oulad:assessment:201 oulad:student:1 2014-01-22 00:00:00 graded 100.00 passed",
                        "oulad:assessment:201 oulad:student:4 2014-03-04 00:00:00 graded 40.00 passed late");
    }

    @Test
    void whatWasChangedOrIsOddIsReported() throws IOException {
        Path report = folder.resolve("report.csv");
        run(SmallSet.in(folder), new Options(false, false, Optional.of(report)));
        assertThat(Files.readAllLines(report).stream().map(OuladImportTest::withoutReason))
                .containsExactly(
                        "outcome,kind,file,line,column,value",
                        "changed,no day,assessments.csv,3,date,?",
                        "noted,submission after withdrawal,studentAssessment.csv,3,date_submitted,25",
                        "noted,no score,studentAssessment.csv,4,score,?",
                        "changed,banked submission,studentAssessment.csv,5,is_banked,1",
                        "changed,unknown registration day,studentRegistration.csv,4,date_registration,?",
                        "changed,withdrawn without a day,studentRegistration.csv,4,date_unregistration,?",
                        "changed,withdrawal of someone who stayed,studentRegistration.csv,6,date_unregistration,50");
    }

    @Test
    void aSecondRunChangesNothing() throws IOException {
        run(SmallSet.in(folder), Options.DEFAULT);
        List<String> before = fingerprint();
        assertThat(run(SmallSet.in(folder), Options.DEFAULT).state()).isEqualTo(State.NOTHING_NEW);
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void aChangedFileChangesNothingAndIsReported() throws IOException {
        run(SmallSet.in(folder), Options.DEFAULT);
        List<String> before = fingerprint();
        SmallSet changed = SmallSet.in(folder)
                .replace("studentAssessment.csv", "101,1,18,0,78", "101,1,17,0,80")
                .replace("studentInfo.csv", "\"N\",\"Fail\"", "\"N\",\"Pass\"");
        ImportReport report = run(changed, Options.DEFAULT);
        assertThat(report.state()).isEqualTo(State.NOTHING_NEW);
        assertThat(Runs.findings(report, "differs"))
                .containsExactly(
                        "submission differs studentAssessment.csv 2 date_submitted",
                        "enrolment differs studentInfo.csv 6 id_student");
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void onlyNewRowsOfAGrownFileAreAdded() throws IOException {
        run(SmallSet.in(folder), Options.DEFAULT);
        ImportReport report =
                run(SmallSet.in(folder).append("studentAssessment.csv", "101,3,19,0,55"), Options.DEFAULT);
        assertThat(report.written()).containsEntry("attempts", 1).containsEntry("users", 0);
    }

    @Test
    void anErasedStudentStaysErased() throws IOException {
        run(SmallSet.in(folder), Options.DEFAULT);
        database.owner().execute("""
                        update identity.users set email = 'erased-' || id || '@erased.invalid', display_name = 'Erased user',
                               external_id = null, status = 'erased', erased_at = clock_timestamp()
                         where external_id = 'oulad:student:4'
                        """);
        assertThat(run(SmallSet.in(folder), Options.DEFAULT).state()).isEqualTo(State.NOTHING_NEW);
    }

    @Test
    void goodRowsAreKeptOnRequest() throws IOException {
        SmallSet damaged = SmallSet.in(folder)
                .replace("studentInfo.csv", "\"BBB\",\"2014B\",\"1\",\"M", "\"BBB\",\"2014B\",\"1\",\"M\"x")
                .replace("studentAssessment.csv", "0,39.5", "0,395");
        ImportReport report = run(damaged, new Options(true, false, Optional.empty()));
        assertThat(report.state()).isEqualTo(State.DONE);
        assertThat(Runs.findings(report, "rejected"))
                .containsExactly(
                        "student not enrolled studentAssessment.csv 5 id_student",
                        "wrong value studentAssessment.csv 3 score",
                        "broken quote studentInfo.csv 5",
                        "unknown student studentRegistration.csv 5 id_student");
        assertThat(report.written()).containsEntry("enrollments", 4).containsEntry("attempts", 3);
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        List<String> before = fingerprint();
        ImportReport report = run(SmallSet.in(folder), new Options(false, true, Optional.empty()));
        assertThat(report.state()).isEqualTo(State.TRIED);
        assertThat(report.written()).containsEntry("attempts", 5);
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void twoImportsAtOnceDoNotMix() throws Exception {
        try (var other = database.ownerUrl().connect();
                var statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtext('loading.oulad'))");
            SmallSet set = SmallSet.in(folder);
            assertThatThrownBy(() -> run(set, Options.DEFAULT)).isInstanceOf(DatabaseProblem.class);
        }
    }

    @Test
    void theChangeLogHoldsWhatWasMadeAndTheAnalystSeesTheDemand() throws IOException, SQLException {
        run(SmallSet.in(folder), Options.DEFAULT);
        assertThat(texts("""
                                select l.relation || ' ' || l.action || ' ' || count(*) from audit.change_log l
                                 group by l.relation, l.action order by 1
                                """))
                .containsExactly(
                        "catalog.courses insert 2", "catalog.quizzes insert 3", "identity.user_roles insert 6");
        try (var analyst = database.personaUrl("analyst").connect();
                var statement = analyst.createStatement();
                var rows = statement.executeQuery(
                        "select string_agg(instructor_email || ' ' || passing_score, ', ' order by course_title) from analytics.courses_by_passing_score")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("module-aaa@oulad.invalid 40, module-bbb@oulad.invalid 40");
        }
    }

    private ImportReport run(SmallSet set, Options options) {
        return Runs.run(database, set, options);
    }

    private static String withoutReason(String line) {
        return Arrays.stream(line.split(",", 7)).limit(6).collect(Collectors.joining(","));
    }

    /** Every row of the tables that the import writes, with the transaction that wrote it. */
    private List<String> fingerprint() {
        return texts("""
                select t.name || ' ' || (xpath('//row/f/text()', query_to_xml(format(
                         'select count(*) || md5(coalesce(string_agg(x.xmin::text || x::text, '''' order by x::text), '''')) as f from %s x', t.name),
                         false, false, '')))[1]::text
                  from unnest(array['identity.users', 'identity.user_roles', 'catalog.categories', 'catalog.courses', 'catalog.quizzes',
                         'learning.enrollments', 'learning.attempt_slots', 'learning.attempts', 'audit.change_log']) t (name)
                """);
    }

    private List<String> texts(String sql) {
        return database.owner().fetch(sql).map(row -> String.valueOf(row.get(0)));
    }
}
