package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy;
import com.techcourse.testing.Academy.Attempt;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Certificates and reviews are earned. */
class ProofsTest extends WithAcademy {

    private UUID enrolled(UUID course) {
        UUID student = academy.student();
        academy.enrol(student, course);
        return student;
    }

    @Test
    void noCertificateWithoutAPassedAttempt() {
        UUID course = academy.course("0");
        UUID quiz = academy.quiz(course);
        Attempt started = academy.startAttempt(enrolled(course), quiz);
        Attempt failed = academy.graded(enrolled(course), quiz, "49.99");
        Attempt passed = academy.graded(enrolled(course), quiz, "50");
        Refusal.by("TC320", () -> academy.certificate(started));
        Refusal.by("TC320", () -> academy.certificate(failed));
        Refusal.by(
                "TC320", () -> owner.run(Academy.CERTIFICATE.replace("coalesce(score, 0)", "score + 1"), passed.id()));
        academy.certificate(passed);
        assertThat(owner.number("select count(*) from learning.certificates")).isOne();
    }

    @Test
    void noStudentWritesCertificates() {
        UUID course = academy.course("0");
        Attempt passed = academy.graded(enrolled(course), academy.quiz(course), "100");
        Refusal.by("42501", () -> as(passed.studentId(), "student", sql -> sql.run(Academy.CERTIFICATE, passed.id())));
    }

    @Test
    void onlyTheEnrolledReview() {
        UUID course = academy.course("0");
        UUID stranger = academy.student();
        String review = "insert into learning.reviews (student_id, course_id, rating) values (?, ?, 5)";
        Refusal.by(
                "23503",
                "reviews_student_id_course_id_fkey",
                () -> as(stranger, "student", sql -> sql.run(review, stranger, course)));
        UUID student = enrolled(course);
        as(student, "student", sql -> sql.run(review, student, course));
    }
}
