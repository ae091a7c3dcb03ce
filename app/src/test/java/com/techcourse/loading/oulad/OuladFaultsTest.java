package com.techcourse.loading.oulad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.table;

import com.techcourse.loading.oulad.ImportReport.State;
import com.techcourse.loading.oulad.OuladImport.Options;
import com.techcourse.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing is ever written here, so all share one database. */
class OuladFaultsTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    @TempDir
    private Path folder;

    @AfterAll
    static void dropDatabase() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "courses.csv|\"268\"|\"long\"|wrong value courses.csv 2 module_presentation_length",
                "courses.csv|\"BBB\",\"2014B\"|\"AAA\",\"2013J\"|duplicate key courses.csv 3 code_presentation",
                "assessments.csv|\"TMA\"|\"Essay\"|wrong value assessments.csv 2 assessment_type",
                "assessments.csv|\"BBB\",\"2014B\"|\"BBB\",\"2015B\"|unknown course assessments.csv 4 code_presentation",
                "assessments.csv|\"102\"|\"101\"|duplicate key assessments.csv 3 id_assessment",
                "assessments.csv|\"12.5\"|\"125\"|wrong value assessments.csv 4 weight",
                "studentInfo.csv|\"Fail\"|\"Failed\"|wrong value studentInfo.csv 6 final_result",
                "studentInfo.csv|\"BBB\",\"2014B\",\"4\"|\"CCC\",\"2014B\",\"4\"|unknown course studentInfo.csv 6 code_presentation",
                "studentInfo.csv|\"2013J\",\"3\"|\"2013J\",\"2\"|duplicate key studentInfo.csv 4 id_student",
                "studentInfo.csv|\"Y\",\"Withdrawn\"|\"Withdrawn\"|wrong number of values studentInfo.csv 4 ",
                "studentRegistration.csv|\"BBB\",\"2014B\",\"4\"|\"BBB\",\"2014B\",\"9\"|unknown student studentRegistration.csv 6 id_student",
                "studentRegistration.csv|\"2013J\",\"3\"|\"2013J\",\"1\"|duplicate key studentRegistration.csv 4 id_student",
                "studentRegistration.csv|\"-159\"|\"-15x\"|wrong value studentRegistration.csv 2 date_registration",
                "studentRegistration.csv|\"-20\"|\"-20|broken quote studentRegistration.csv 3 ",
                "studentAssessment.csv|0,78|0,101|wrong value studentAssessment.csv 2 score",
                "studentAssessment.csv|0,78|0,-1|wrong value studentAssessment.csv 2 score",
                "studentAssessment.csv|101,1,18|101,9,18|unknown student studentAssessment.csv 2 id_student",
                "studentAssessment.csv|101,1,18|101,4,18|student not enrolled studentAssessment.csv 2 id_student",
                "studentAssessment.csv|101,1,18|999,1,18|unknown assessment studentAssessment.csv 2 id_assessment",
                "studentAssessment.csv|101,2,25|101,1,25|duplicate key studentAssessment.csv 3 id_student",
                "studentAssessment.csv|is_banked|banked|missing column studentAssessment.csv 1 is_banked"
            })
    void aFaultIsNamedPreciselyAndNothingIsWritten(String file, String old, String damage, String named)
            throws IOException {
        ImportReport report = Runs.run(DATABASE, SmallSet.in(folder).replace(file, old, damage), Options.DEFAULT);
        assertThat(report.state()).isEqualTo(State.REFUSED);
        assertThat(Runs.findings(report, "rejected")).contains(named.stripTrailing());
        assertThat(DATABASE.owner().fetchCount(table("identity.users"))).isZero();
    }

    @Test
    void aMissingFileIsNamedEvenWhenGoodRowsWouldBeKept() throws IOException {
        ImportReport report = Runs.run(
                DATABASE, SmallSet.in(folder).delete("assessments.csv"), new Options(true, false, Optional.empty()));
        assertThat(report.state()).isEqualTo(State.REFUSED);
        assertThat(Runs.findings(report, "rejected")).containsExactly("missing file assessments.csv");
    }
}
