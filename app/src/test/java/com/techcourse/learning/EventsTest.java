package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Refusal;
import com.techcourse.testing.WithAcademy;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Events that programs report, in batches that may be repeated. */
class EventsTest extends WithAcademy {

    private static final String RECORD = "select learning.record_events(?::jsonb)";

    private UUID enrolled(UUID course) {
        UUID student = academy.student();
        academy.enrol(student, course);
        return student;
    }

    private String event(String ageSql, String members) {
        return "{\"id\": \"%s\", \"kind\": \"viewed\" %s}"
                .formatted(
                        owner.one("select platform.uuid_v7_of(now() - ?::interval, gen_random_uuid()::text)", ageSql),
                        members);
    }

    private Object report(UUID student, String events) {
        return as(student, "student", sql -> sql.one(RECORD, "[" + events + "]"));
    }

    @Test
    void aRepeatedBatchAddsOnlyWhatIsNew() {
        UUID course = academy.course("0");
        UUID student = enrolled(course);
        String first = event("1 minute", ", \"course_id\": \"" + course + "\"");
        assertThat(report(student, first)).isEqualTo(1);
        assertThat(report(student, first + "," + event("6 days", "") + "," + first))
                .isEqualTo(1);
        assertThat(owner.number("select count(*) from learning.events where student_id = ?", student))
                .isEqualTo(2);
        assertThat(owner.number("select count(*) from learning.activity_days where student_id = ?", student))
                .isOne();
    }

    @Test
    void aWrongEventRefusesItsBatch() {
        UUID course = academy.course("0");
        UUID elsewhere = academy.course("0");
        UUID student = enrolled(course);
        String good = event("1 minute", "");
        String old = event("8 days", "");
        String future = event("-10 minutes", "");
        String foreign = event("1 minute", ", \"course_id\": \"" + elsewhere + "\"");
        String forged = event("1 minute", "").replace("viewed", "passed");
        String random = "{\"id\": \"%s\", \"kind\": \"viewed\"}".formatted(UUID.randomUUID());
        for (String wrong : new String[] {old, future, foreign, forged, random}) {
            Refusal.by("TC352", () -> report(student, good + "," + wrong));
        }
        assertThat(owner.number("select count(*) from learning.events where student_id = ?", student))
                .isZero();
    }

    @Test
    void aBatchSentByAHundredCountsOnce() {
        UUID student = academy.student();
        String batch =
                IntStream.range(0, 20).mapToObj(_ -> event("1 minute", "")).collect(Collectors.joining(","));
        Race.Result race = Race.of(
                100,
                database.appUrl(),
                (sql, number) -> sql.transaction(app -> {
                    app.actAs(student, "student");
                    return app.run(RECORD, "[" + batch + "]");
                }));
        assertThat(race.refusals()).isEmpty();
        assertThat(owner.number("select count(*) from learning.events where student_id = ?", student))
                .isEqualTo(20);
    }

    @Test
    void daysInARowEndWithTodayOrYesterday() {
        UUID student = academy.student();
        asLoader(sql -> sql.run("""
                insert into learning.activity_days (student_id, day)
                select ?, platform.business_day(now()) - d from unnest(array[1, 2, 3, 5, 6, 7, 8]) d
                """, student));
        Object streak = as(
                student,
                "student",
                sql -> sql.one("select current_days || '/' || longest_days from learning.streak()"));
        assertThat(streak).isEqualTo("3/4");
    }
}
