package com.techcourse.learning;

import java.util.UUID;
import org.jooq.DSLContext;

/** Attempts at one quiz, as many as wanted, handed in and graded by a wrong key: every third gave the right answer. */
public final class ManyAttempts {

    /** The question whose key was {@code a} and should have been {@code b}. */
    public static final String CORRECTED = """
            {"id": "q2", "type": "single_choice", "text": "Which?", "points": 1, "answer": "b",
             "options": [{"id": "a", "text": "This"}, {"id": "b", "text": "That"}]}
            """;

    private static final String QUIZ = """
            {"schema_version": 1, "title": "Wrong", "passing_score": 100, "questions": [
              {"id": "q1", "type": "true_false", "text": "So?", "points": 1, "answer": true}, %s]}
            """.formatted(CORRECTED.replace("\"answer\": \"b\"", "\"answer\": \"a\""));

    private ManyAttempts() {}

    /** The quiz; as the loader, in a free and published course. */
    public static UUID at(DSLContext owner, UUID course, int count) {
        return owner.transactionResult(transaction -> {
            DSLContext dsl = transaction.dsl();
            dsl.execute("set local role techcourse_loader");
            UUID quiz = dsl.fetchSingle(
                            "insert into catalog.quizzes (course_id, metadata) values (?, ?::jsonb) returning id",
                            course,
                            QUIZ)
                    .get(0, UUID.class);
            dsl.execute("""
                    create temp table taker on commit drop as
                    select platform.uuid_v7() as student_id, platform.uuid_v7() as id, n,
                           date_trunc('second', now()) - n / 7 * interval '1 ms' as started_at from generate_series(1, ?) n
                    """, count);
            dsl.execute("""
                    insert into identity.users (id, email, display_name)
                    select student_id, student_id || '@many.example', 'Taker' from pg_temp.taker
                    """);
            dsl.execute(
                    "insert into learning.enrollments (student_id, course_id) select student_id, ? from pg_temp.taker",
                    course);
            dsl.execute("""
                    insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
                    select t.student_id, q.id, 1, q.course_id, q.version, l.attempt_limit, t.started_at, t.id
                      from pg_temp.taker t cross join catalog.quizzes q
                      join catalog.quiz_versions l on l.quiz_id = q.id and l.version = q.version where q.id = ?
                    """, quiz);
            dsl.execute("""
                    insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no,
                      passing_score, status, answers, item_points, score, submitted_at, graded_at)
                    select t.student_id, t.started_at, t.id, q.id, q.version, q.course_id, c.instructor_id, 1, 100, 'graded',
                           jsonb_build_object('q1', true, 'q2', case when t.n % 3 = 0 then 'b' else 'a' end),
                           jsonb_build_object('q1', 1, 'q2', case when t.n % 3 = 0 then 0 else 1 end),
                           case when t.n % 3 = 0 then 50 else 100 end, clock_timestamp(), clock_timestamp()
                      from pg_temp.taker t cross join catalog.quizzes q join catalog.courses c on c.id = q.course_id where q.id = ?
                    """, quiz);
            return quiz;
        });
    }

    /** How many attempts have other points than the right key gives, or other traces than one change each. */
    public static long wrong(DSLContext owner, UUID quiz) {
        return owner.transactionResult(transaction -> {
            transaction.dsl().execute("set local role techcourse_loader");
            return transaction.dsl().fetchSingle("""
                    select count(*) from learning.attempts a
                     where a.quiz_id = ? and not coalesce(
                       a.score = case a.answers ->> 'q2' when 'b' then 100 else 50 end
                       and a.item_points ->> 'q2' = case a.answers ->> 'q2' when 'b' then '1' else '0' end
                       and (select count(*) = 1 and bool_and(r.score_before = 150 - a.score and r.score_after = a.score
                                                             and r.points_before = 1 - r.points_after)
                              from learning.attempt_regrades r where r.student_id = a.student_id and r.attempt_id = a.id), false)
                    """, quiz).get(0, long.class);
        });
    }
}
