package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Attempt;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Progress, completion and certificates, as they follow from each other. */
class CompletionTest extends WithAcademy {

    private static final String PROGRESS = "select position_kept from learning.record_progress(?, ?, ?, ?)";

    private UUID enrolled(UUID course) {
        UUID student = academy.student();
        academy.enrol(student, course);
        return student;
    }

    private UUID lesson(UUID course) {
        return CourseLessons.add(owner, course);
    }

    private List<@Nullable Object> progress(UUID student, UUID course, UUID lesson, int seconds, boolean completed) {
        return as(student, "student", sql -> sql.run(PROGRESS, course, lesson, seconds, completed));
    }

    private void settle(UUID student, UUID course) {
        asLoader(sql -> sql.run("select learning.settle_course(?, ?)", student, course));
    }

    private boolean completed(UUID student, UUID course) {
        return (boolean) owner.one(
                "select completed_at is not null from learning.enrollments where student_id = ? and course_id = ?",
                student,
                course);
    }

    private long certificates(UUID student, String condition) {
        return owner.number(
                "select count(*) from learning.certificates where student_id = ? and " + condition, student);
    }

    @Test
    void anOlderTabTakesNothingBack() {
        UUID course = academy.course("0");
        UUID lesson = lesson(course);
        lesson(course);
        UUID student = enrolled(course);
        assertThat(progress(student, course, lesson, 70, true)).containsExactly(70);
        assertThat(progress(student, course, lesson, 30, false)).containsExactly(70);
        assertThat(owner.number(
                        "select count(*) from learning.lesson_progress where student_id = ? and completed_at is not null",
                        student))
                .isOne();
        assertThat(completed(student, course)).isFalse();
    }

    @Test
    void onlyTheEnrolledMakeProgress() {
        UUID course = academy.course("0");
        UUID lesson = lesson(course);
        UUID stranger = academy.student();
        Refusal.by("TC351", () -> progress(stranger, course, lesson, 1, true));
        UUID elsewhere = lesson(academy.course("0"));
        assertThat(progress(enrolled(course), course, elsewhere, 1, true)).isEmpty();
    }

    @Test
    void completionStaysWhenLessonsAreAdded() {
        UUID course = academy.course("0");
        UUID lesson = lesson(course);
        UUID student = enrolled(course);
        progress(student, course, lesson, 1, true);
        assertThat(completed(student, course)).isTrue();
        lesson(course);
        settle(student, course);
        assertThat(completed(student, course)).isTrue();
        assertThat(certificates(student, "true")).isZero();
    }

    @Test
    void theLastPassedQuizEarnsTheCertificate() {
        UUID course = academy.course("0");
        UUID first = academy.quiz(course);
        UUID second = academy.quiz(course);
        UUID student = enrolled(course);
        academy.graded(student, first, "90");
        academy.graded(student, second, "40");
        settle(student, course);
        assertThat(certificates(student, "true")).isZero();
        academy.graded(student, second, "60");
        settle(student, course);
        settle(student, course);
        assertThat(certificates(student, "score = 60 and revoked_at is null and holder_name like 'Person %'"))
                .isOne();
        assertThat(completed(student, course)).isTrue();
        assertThat(owner.number("select count(*) from learning.certificate_numbers where student_id = ?", student))
                .isOne();
    }

    @Test
    void aNumberEndsWithItsCheckCharacter() {
        for (int n = 0; n < 200; n++) {
            String number = ((String) owner.one("select learning.new_certificate_number()"))
                    .replace("-", "")
                    .substring(2);
            assertThat(number).matches("[0-9A-HJKMNP-TV-Z]{12}");
            assertThat(owner.one("select learning.certificate_check_character(?)", number.substring(0, 11)))
                    .isEqualTo(number.substring(11));
            assertThat(owner.one(
                            "select learning.certificate_check_character(?)",
                            (number.startsWith("0") ? "1" : "0") + number.substring(1, 11)))
                    .isNotEqualTo(number.substring(11));
        }
    }

    @Test
    void aCertificateFallsAndRisesWithItsGrade() {
        UUID course = academy.course("0");
        UUID quiz = academy.quiz(course);
        UUID student = enrolled(course);
        Attempt attempt = academy.graded(student, quiz, "60");
        settle(student, course);
        regrade(attempt, "40");
        settle(student, course);
        assertThat(certificates(student, "revoked_at is not null and revoked_by is null"))
                .isOne();
        regrade(attempt, "70");
        settle(student, course);
        assertThat(certificates(student, "revoked_at is null and score = 70")).isOne();
        assertThat(completed(student, course)).isTrue();
    }

    private void regrade(Attempt attempt, String score) {
        asLoader(sql -> sql.run("update learning.attempts set score = ?::numeric where id = ?", score, attempt.id()));
    }

    @Test
    void aRevocationStaysAsItWasSaid() {
        UUID course = academy.course("0");
        UUID student = enrolled(course);
        academy.graded(student, academy.quiz(course), "60");
        settle(student, course);
        String number = (String) owner.one("select number from learning.certificates where student_id = ?", student);
        UUID stranger = academy.instructor();
        assertThat(revoked(stranger, "instructor", number)).isFalse();
        assertThat(revoked(student, "student", number)).isFalse();
        UUID instructor = academy.instructorOf(course);
        assertThat(revoked(instructor, "instructor", number)).isTrue();
        Refusal.by("TC354", () -> revoked(instructor, "instructor", number));
        settle(student, course);
        assertThat(certificates(student, "revoked_at is not null")).isOne();
        assertThat(owner.number(
                        "select count(*) from audit.change_log where relation = 'learning.certificates' and changed_by = ?",
                        instructor))
                .isOne();
    }

    private boolean revoked(UUID who, String role, String number) {
        Object done = as(
                who,
                role,
                sql -> sql.one("select learning.revoke_certificate(?, 'Somebody else sat the quiz.')", number));
        return (boolean) done;
    }
}
