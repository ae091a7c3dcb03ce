package com.techcourse.loading.oulad;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.loading.oulad.ImportReport.State;
import com.techcourse.loading.oulad.OuladImport.Options;
import com.techcourse.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The whole data set: {@code TECHCOURSE_TEST_OULAD} (environment or -D), else {@code ../shared/data/oulad} beside the
 * repository. Skipped where there is none.
 */
class RealOuladTest {

    @Test
    void theWholeDataSetIsTakenOverAndASecondRunChangesNothing() {
        Path folder = folder();
        Assumptions.assumeTrue(Files.isDirectory(folder), "no Open University data in " + folder);
        try (TestDatabase database = TestDatabase.create()) {
            OuladImport oulad = new OuladImport(database.ownerUrl(), Runs.SILENT);
            ImportReport first = oulad.run(folder, Options.DEFAULT);
            assertThat(first.rejected()).isZero();
            assertThat(counts(database)).isEqualTo("22 206 28785 32593 10156 15385 173912 173 29020");
            assertThat(demand(database)).isEqualTo("22 7 40");
            assertThat(oulad.run(folder, Options.DEFAULT).state()).isEqualTo(State.NOTHING_NEW);
            assertThat(counts(database)).isEqualTo("22 206 28785 32593 10156 15385 173912 173 29020");
        }
    }

    /** Courses, quizzes, students, enrolments, of them withdrawn and completed, attempts, of them without score, audit. */
    private static String counts(TestDatabase database) {
        return database.owner().fetchSingle("""
                        select concat_ws(' ', (select count(*) from catalog.courses), (select count(*) from catalog.quizzes),
                          (select count(*) from identity.user_roles where role = 'student'),
                          (select concat_ws(' ', count(*), count(*) filter (where end_reason = 'withdrawn'), count(completed_at))
                             from learning.enrollments),
                          (select concat_ws(' ', count(*), count(*) filter (where score is null and status = 'submitted'))
                             from learning.attempts),
                          (select count(*) from audit.change_log))
                        """).get(0, String.class);
    }

    private static String demand(TestDatabase database) {
        return database.owner().fetchSingle("""
                        select concat_ws(' ', count(*), count(distinct instructor_email), max(passing_score))
                          from analytics.courses_by_passing_score where rank = 1
                        """).get(0, String.class);
    }

    private static Path folder() {
        String named = System.getProperty("TECHCOURSE_TEST_OULAD", System.getenv("TECHCOURSE_TEST_OULAD"));
        // the tests run in the folder of their module
        return Optional.ofNullable(named)
                .map(Path::of)
                .orElseGet(() ->
                        Path.of("../../shared/data/oulad").toAbsolutePath().normalize());
    }
}
