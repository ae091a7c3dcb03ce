-- Attempts at quizzes without persons, for questions that no ready view answers. What was answered is left out:
-- an essay or a short text may tell who wrote it.
-- Owned by techcourse_reader, not security_invoker: an analyst sees a keyed hash, which leads to no student.
create or replace view analytics.attempts as
select encode(substr(sha256(k.salt || uuid_send(a.student_id)), 1, 16), 'hex') as student_key,
       a.course_id,
       a.quiz_id,
       a.quiz_version,
       a.attempt_no::integer as attempt_no,
       a.status::text as status,
       a.started_at,
       a.submitted_at,
       a.late,
       a.score::numeric(5, 2) as score,
       a.passing_score::numeric(5, 2) as passing_score,
       a.passed,
       a.item_points::jsonb as item_points
  from analytics.student_key_salt k
 cross join learning.attempts a;
comment on view analytics.attempts is
  'Attempts with a key that stands for the same student in all views of this schema, and for nobody outside of them; without the answers.';
comment on column analytics.attempts.student_key is 'Keyed hash of the student, the same in all views of this schema.';
comment on column analytics.attempts.course_id is 'The course.';
comment on column analytics.attempts.quiz_id is 'The quiz.';
comment on column analytics.attempts.quiz_version is 'Version of the quiz document.';
comment on column analytics.attempts.attempt_no is 'First attempt of the student at the quiz, second, and so on.';
comment on column analytics.attempts.status is 'in_progress, submitted or graded.';
comment on column analytics.attempts.started_at is 'When it began; a range of it reads only the partitions of its months.';
comment on column analytics.attempts.submitted_at is 'When it was handed in.';
comment on column analytics.attempts.late is 'Handed in after its deadline.';
comment on column analytics.attempts.score is 'Score in percent; null before it is graded.';
comment on column analytics.attempts.passing_score is 'What had to be reached, in percent.';
comment on column analytics.attempts.passed is 'Whether it was reached.';
comment on column analytics.attempts.item_points is 'Points of each question by its id.';
call platform.give_view('analytics.attempts', 'techcourse_reader');
grant select on analytics.attempts to analyst;
