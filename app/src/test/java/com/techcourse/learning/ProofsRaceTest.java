package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy;
import com.techcourse.testing.Academy.Attempt;
import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Fifty connections each want the same certificate, number or review. */
class ProofsRaceTest extends WithAcademy {

    private static final int RUNNERS = 50;

    @Test
    void oneCertificate() {
        UUID course = academy.course("0");
        UUID student = academy.student();
        academy.enrol(student, course);
        Attempt passed = academy.graded(student, academy.quiz(course), "80");
        onlyOne("certificates_student_id_course_id_pkey", Academy.CERTIFICATE, passed.id());
    }

    @Test
    void oneCertificateNumber() {
        onlyOne("certificate_numbers_number_pkey", """
                insert into learning.certificate_numbers (number, student_id, course_id)
                values ('TC-2222-3333-4444', gen_random_uuid(), gen_random_uuid())
                """);
    }

    private void onlyOne(String constraint, String statement, Object... values) {
        Race.Result race = Race.of(
                RUNNERS,
                database.ownerUrl(),
                (sql, number) -> sql.transaction(loader -> {
                    loader.run("set local role techcourse_loader");
                    return loader.run(statement, values);
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(new Refusal("23505", constraint));
    }

    @Test
    void oneReview() {
        UUID course = academy.course("0");
        UUID student = academy.student();
        academy.enrol(student, course);
        Race.Result race = Race.of(
                RUNNERS,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> {
                    app.actAs(student, "student");
                    return app.run(
                            "insert into learning.reviews (student_id, course_id, rating) values (?, ?, 4)",
                            student,
                            course);
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(new Refusal("23505", "reviews_student_id_course_id_pkey"));
    }
}
