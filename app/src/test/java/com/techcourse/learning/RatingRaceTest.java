package com.techcourse.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.Race;
import com.techcourse.testing.Sql;
import com.techcourse.testing.WithAcademy;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A hundred students rate one course, change their mind and take it back, while others read and fold the figures. */
class RatingRaceTest extends WithAcademy {

    private static final int REVIEWERS = 90;
    private static final int READERS = 6;
    private static final int FOLDERS = 4;
    private static final int ROUNDS = 12;

    /** In one statement, so in one snapshot. */
    private static final String DIFFERENCE =
            """
            select count(*) from (
              select course_id, count(*), round(avg(rating), 4), count(*) filter (where rating = 1), count(*) filter (where rating = 2),
                     count(*) filter (where rating = 3), count(*) filter (where rating = 4), count(*) filter (where rating = 5)
                from learning.reviews group by course_id) truth
              full join learning.current_ratings c on c.course_id = truth.course_id
             where (c.ratings, c.average, c.stars_1, c.stars_2, c.stars_3, c.stars_4, c.stars_5)
                   is distinct from (truth.count, truth.round, truth.count_1, truth.count_2, truth.count_3, truth.count_4, truth.count_5)
            """.replace("truth\n", "truth (course_id, count, round, count_1, count_2, count_3, count_4, count_5)\n");

    private final AtomicInteger differences = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void theFiguresAreRightAtEveryMoment() {
        UUID course = academy.course("0");
        List<UUID> students = Stream.generate(academy::student).limit(REVIEWERS).toList();
        students.forEach(student -> academy.enrol(student, course));
        Race.Result race = Race.of(
                REVIEWERS + READERS + FOLDERS,
                number -> number < REVIEWERS ? database.appUrl() : database.ownerUrl(),
                (sql, number) -> {
                    if (number < REVIEWERS) {
                        review(sql, students.get(number), course, number);
                    } else if (number < REVIEWERS + READERS) {
                        read(sql);
                    } else {
                        fold(sql);
                    }
                });
        assertThat(race.refusals()).isEmpty();
        assertThat(differences).hasValue(0);
        assertThat(reads.get()).isGreaterThanOrEqualTo(READERS * ROUNDS);
        owner.run("select learning.roll_up_ratings()");
        assertThat(owner.number("select count(*) from learning.rating_changes")).isZero();
        assertThat(owner.number(DIFFERENCE)).isZero();
        assertThat(owner.number("select ratings from learning.course_ratings where course_id = ?", course))
                .isEqualTo(REVIEWERS / 2)
                .isEqualTo(owner.number("select count(*) from learning.reviews"));
    }

    /** In the end every second one has taken the review back. */
    private static void review(Sql sql, UUID student, UUID course, int number) {
        for (int round = 0; round < ROUNDS; round++) {
            int rating = 1 + (number + round) % 5;
            act(sql, student, """
                    insert into learning.reviews (student_id, course_id, rating) values (?, ?, ?)
                    on conflict (student_id, course_id) do update set rating = excluded.rating
                    """, student, course, rating);
            if (round % 3 == 0 || round == ROUNDS - 1 && number % 2 == 0) {
                act(
                        sql,
                        student,
                        "delete from learning.reviews where student_id = ? and course_id = ?",
                        student,
                        course);
            }
        }
    }

    private static void act(Sql sql, UUID student, String statement, Object... values) {
        sql.transaction(app -> {
            app.actAs(student, "student");
            return app.run(statement, values);
        });
    }

    private void read(Sql sql) {
        for (int round = 0; round < ROUNDS * 2; round++) {
            differences.addAndGet((int) sql.number(DIFFERENCE));
            reads.incrementAndGet();
        }
    }

    private static void fold(Sql sql) {
        for (int round = 0; round < ROUNDS; round++) {
            sql.run("select learning.roll_up_ratings()");
        }
    }
}
