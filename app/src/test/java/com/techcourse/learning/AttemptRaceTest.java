package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A student with sixty open tabs. */
class AttemptRaceTest extends WithAcademy {

    @Test
    void neverPastTheLimit() {
        UUID course = academy.course("0");
        UUID quiz = academy.quiz(course, "\"max_attempts\": 3");
        UUID student = academy.student();
        academy.enrol(student, course);
        int winners = 0;
        for (int round = 0; round < 3; round++) {
            Race.Result race = Race.of(
                    60,
                    database.appUrl(),
                    (sql, number) -> sql.transaction(app -> {
                        app.actAs(student, "student");
                        return app.run("select learning.start_attempt(?)", quiz);
                    }));
            winners += race.winners();
            assertThat(race.refusals())
                    .isSubsetOf(
                            new Refusal("23505", "attempt_slots_student_id_quiz_id_attempt_no_pkey"),
                            new Refusal("23514", "attempt_slots_attempt_no_within_limit_check"));
        }
        assertThat(winners).isBetween(1, 3);
        assertThat(owner.number("select count(*) from learning.attempts where student_id = ?", student))
                .isEqualTo(winners);
        assertThat(owner.number("select max(attempt_no) from learning.attempts where student_id = ?", student))
                .isEqualTo(winners);
    }
}
