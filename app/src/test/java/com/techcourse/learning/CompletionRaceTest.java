package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A hundred connections that finish, settle or revoke the same thing at once. */
class CompletionRaceTest extends WithAcademy {

    private static final int RUNNERS = 100;

    private Race.Result asStudent(UUID student, String statement, java.util.function.IntFunction<Object[]> values) {
        return Race.of(
                RUNNERS,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> {
                    app.actAs(student, "student");
                    return app.run(statement, values.apply(number));
                }));
    }

    @Test
    void theLastTwoLessonsAtOnce() {
        UUID course = academy.course("0");
        UUID one = CourseLessons.add(owner, course);
        UUID two = CourseLessons.add(owner, course);
        UUID student = academy.student();
        academy.enrol(student, course);
        Race.Result race = asStudent(student, "select * from learning.record_progress(?, ?, ?, true)", number ->
                new Object[] {course, number % 2 == 0 ? one : two, number});
        assertThat(race.refusals()).isEmpty();
        assertThat(owner.number(
                        "select count(*) from learning.enrollments where student_id = ? and completed_at is not null",
                        student))
                .isOne();
        assertThat(owner.number(
                        "select count(*) from learning.events where student_id = ? and kind = 'completed' and lesson_id is null",
                        student))
                .isOne();
        assertThat(owner.number(
                        "select max(position_seconds) from learning.lesson_progress where student_id = ?", student))
                .isEqualTo(RUNNERS - 1);
        assertThat(owner.number("select count(*) from learning.activity_days where student_id = ?", student))
                .isOne();
    }

    @Test
    void oneCertificateHoweverOftenItIsSettled() {
        UUID course = academy.course("0");
        UUID student = academy.student();
        academy.enrol(student, course);
        academy.graded(student, academy.quiz(course), "80");
        Race.Result race = Race.of(
                RUNNERS,
                database.ownerUrl(),
                (sql, number) -> sql.transaction(loader -> {
                    loader.run("set local role techcourse_loader");
                    return loader.run("select learning.settle_course(?, ?)", student, course);
                }));
        assertThat(race.refusals()).isEmpty();
        assertThat(owner.number("select count(*) from learning.certificates where student_id = ?", student))
                .isOne();
        assertThat(owner.number("select count(*) from learning.certificate_numbers where student_id = ?", student))
                .isOne();
        assertThat(owner.number(
                        "select count(*) from learning.events where student_id = ? and kind = 'passed'", student))
                .isOne();
    }

    @Test
    void revokedOnce() {
        UUID course = academy.course("0");
        UUID student = academy.student();
        academy.enrol(student, course);
        academy.graded(student, academy.quiz(course), "80");
        asLoader(sql -> sql.run("select learning.settle_course(?, ?)", student, course));
        Object number = owner.one("select number from learning.certificates where student_id = ?", student);
        UUID admin = academy.admin();
        Race.Result race = Race.of(
                RUNNERS,
                database.appUrl(),
                (sql, runner) -> sql.transaction(app -> {
                    app.actAs(admin, "admin");
                    return app.run("select learning.revoke_certificate(?, ?)", number, "Reason " + runner);
                }));
        assertThat(race.winners()).isOne();
        assertThat(race.refusals()).containsOnly(new Refusal("TC354", null));
    }
}
