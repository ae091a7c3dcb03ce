package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Academy.Attempt;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Deadlines, grace and closing times, by the database's clock; the tests move the attempt's times instead. */
class AttemptTimesTest extends WithAcademy {

    private static final String SAVE = "select saved from learning.save_answer(?, 'q1', 'true', ?)";

    private Attempt attempt(String deadline, @Nullable String acceptsUntil) {
        UUID course = academy.course("0");
        UUID student = academy.student();
        academy.enrol(student, course);
        Attempt attempt = academy.startAttempt(student, academy.quiz(course, "\"time_limit_seconds\": 600"));
        asLoader(sql -> sql.run(
                "update learning.attempts set deadline_at = now() + ?::interval, accepts_until = now() + ?::interval where id = ?",
                deadline,
                acceptsUntil,
                attempt.id()));
        return attempt;
    }

    private Object save(Attempt attempt, int revision) {
        return as(attempt.studentId(), "student", sql -> sql.one(SAVE, attempt.id(), revision));
    }

    private Object of(Attempt attempt, String column) {
        return owner.one("select " + column + " from learning.attempts where id = ?", attempt.id());
    }

    @Test
    void onlyWhileTheQuizIsOpen() {
        UUID course = academy.course("0");
        UUID student = academy.student();
        academy.enrol(student, course);
        for (String times : new String[] {
            "\"available_from\": \"2090-01-01T00:00:00Z\"", "\"available_until\": \"2020-01-01T00:00:00+02:00\""
        }) {
            UUID quiz = academy.quiz(course, times);
            Refusal.by("TC330", () -> academy.startAttempt(student, quiz));
        }
        Attempt attempt =
                academy.startAttempt(student, academy.quiz(course, "\"available_until\": \"2090-01-01T00:00:00Z\""));
        assertThat(of(attempt, "deadline_at = '2090-01-01Z'")).isEqualTo(true);
    }

    @Test
    void graceTakesAnswersAndMarksThemLate() {
        Attempt attempt = attempt("-1 minute", "1 minute");
        assertThat(save(attempt, 0)).isEqualTo(true);
        as(attempt.studentId(), "student", sql -> sql.run("select learning.submit_attempt(?)", attempt.id()));
        assertThat(of(attempt, "late")).isEqualTo(true);
        assertThat(of(attempt, "score::text")).isEqualTo("100.00");
    }

    @Test
    void noAnswerAfterTheGrace() {
        Attempt attempt = attempt("-2 minutes", "-1 minute");
        Refusal.by("TC332", () -> save(attempt, 0));
        Attempt without = attempt("-1 minute", null);
        Refusal.by("TC332", () -> save(without, 0));
    }

    @Test
    void whatIsLeftOpenIsHandedInAsItWasSaved() {
        Attempt saved = attempt("1 minute", "2 minutes");
        save(saved, 0);
        asLoader(sql -> sql.run("""
                update learning.attempts set deadline_at = clock_timestamp(), accepts_until = clock_timestamp() where id = ?
                """, saved.id()));
        Attempt inGrace = attempt("-1 minute", "1 minute");
        save(inGrace, 0);
        asLoader(sql ->
                sql.run("update learning.attempts set accepts_until = clock_timestamp() where id = ?", inGrace.id()));
        Attempt stillOpen = attempt("-1 minute", "10 minutes");
        as(saved.studentId(), "visitor", sql -> sql.run("select learning.hand_in_overdue(100)"));
        assertThat(of(saved, "status || ' ' || score || ' ' || late")).isEqualTo("graded 100.00 false");
        assertThat(of(saved, "submitted_at = deadline_at")).isEqualTo(true);
        assertThat(of(inGrace, "status || ' ' || late")).isEqualTo("graded true");
        assertThat(of(stillOpen, "status")).isEqualTo("in_progress");
    }
}
