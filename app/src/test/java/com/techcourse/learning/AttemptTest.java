package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Attempt;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Students take quizzes through the application; the clock, the limit and the grade are not theirs. */
class AttemptTest extends WithAcademy {

    private UUID student(UUID course) {
        UUID student = academy.student();
        academy.enrol(student, course);
        return student;
    }

    private Object handIn(Attempt attempt) {
        return as(attempt.studentId(), "student", sql -> sql.run("select learning.submit_attempt(?)", attempt.id()));
    }

    @Test
    void noAttemptIsLeftAfterTheLastOne() {
        UUID course = academy.course("0");
        UUID quiz = academy.quiz(course, "\"max_attempts\": 2");
        UUID student = student(course);
        academy.startAttempt(student, quiz);
        academy.startAttempt(student, quiz);
        Refusal.by(
                "23514",
                "attempt_slots_attempt_no_within_limit_check",
                () -> as(student, "student", sql -> sql.run("select learning.start_attempt(?)", quiz)));
    }

    @Test
    void onlyTheEnrolledStart() {
        UUID quiz = academy.quiz(academy.course("0"));
        Refusal.by(
                "TC310",
                () -> as(academy.student(), "student", sql -> sql.run("select learning.start_attempt(?)", quiz)));
    }

    @Test
    void noAttemptWithoutASlot() {
        UUID course = academy.course("0");
        UUID quiz = academy.quiz(course);
        UUID student = student(course);
        Refusal.by(
                "23503",
                "attempts_slot_fkey",
                () -> asLoader(sql -> sql.run("""
                        insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no, passing_score)
                        values (?, now(), gen_random_uuid(), ?, 1, ?, ?, 1, 50)
                        """, student, quiz, course, academy.instructorOf(course))));
    }

    @Test
    void scoresStayWithin0And100() {
        UUID course = academy.course("0");
        UUID quiz = academy.quiz(course);
        UUID student = student(course);
        for (String score : new String[] {"-0.01", "100.01"}) {
            Refusal.by("23514", "percentage_from_0_to_100_check", () -> academy.graded(student, quiz, score));
        }
        academy.graded(student, quiz, "100");
    }

    @Test
    void lateIsTheDatabasesWord() {
        UUID course = academy.course("0");
        UUID quiz = academy.quiz(course, "\"time_limit_seconds\": 600");
        Attempt inTime = academy.startAttempt(student(course), quiz);
        Attempt late = academy.oldAttempt(student(course), quiz, Duration.ZERO);
        handIn(inTime);
        handIn(late);
        assertThat(owner.one("select late from learning.attempts where id = ?", inTime.id()))
                .isEqualTo(false);
        assertThat(owner.one("select late from learning.attempts where id = ?", late.id()))
                .isEqualTo(true);
        assertThat(owner.one(
                        "select clock_timestamp() - submitted_at < interval '1 minute' from learning.attempts where id = ?",
                        late.id()))
                .isEqualTo(true);
    }

    @Test
    void handInTimeCannotBeClaimed() {
        UUID course = academy.course("0");
        Attempt attempt = academy.startAttempt(student(course), academy.quiz(course));
        for (String claim : new String[] {
            "update learning.attempts set submitted_at = started_at",
            "update learning.attempts set deadline_at = null",
            "update learning.attempts set started_at = now()"
        }) {
            Refusal.by("42501", () -> as(attempt.studentId(), "student", sql -> sql.run(claim)));
        }
    }

    @Test
    void answersAreFrozenAfterHandIn() {
        UUID course = academy.course("0");
        Attempt attempt = academy.startAttempt(student(course), academy.quiz(course));
        String answer = "select saved from learning.save_answer(?, 'q1', 'true', ?)";
        as(attempt.studentId(), "student", sql -> sql.run(answer, attempt.id(), 0));
        handIn(attempt);
        Refusal.by(
                "TC311",
                () -> as(
                        attempt.studentId(),
                        "student",
                        sql -> sql.run(answer.replace("true", "false"), attempt.id(), 1)));
        Refusal.by("TC311", () -> owner.run("update learning.attempts set answers = '{}' where id = ?", attempt.id()));
    }

    @Test
    void handInIsNotTakenBack() {
        UUID course = academy.course("0");
        Attempt attempt = academy.startAttempt(student(course), academy.quiz(course));
        handIn(attempt);
        Refusal.by(
                "23514",
                "attempts_submitted_has_a_time_check",
                () -> owner.run(
                        "update learning.attempts set status = 'in_progress', score = null where id = ?",
                        attempt.id()));
    }

    @Test
    void nobodyGradesOneself() {
        UUID course = academy.course("0");
        Attempt attempt = academy.startAttempt(student(course), academy.quiz(course));
        for (String claim : new String[] {
            "update learning.attempts set score = 100",
            "update learning.attempts set graded_at = now()",
            "update learning.attempts set item_points = '{\"q1\": 1}'",
            "update learning.attempts set answers = '{\"q1\": true}'",
            "update learning.attempts set status = 'graded'"
        }) {
            Refusal.by("42501", () -> as(attempt.studentId(), "student", sql -> sql.run(claim)));
        }
    }
}
