-- Attempts for those who teach the course: its lead, its further instructors for as long as they are, and admins. The
-- policy of the attempts knows the lead alone, because it asks no other table and further instructors come and go.
-- Owned by techcourse_reader, not security_invoker: they see names and results here, and neither answers nor addresses.
create or replace view learning.course_attempts as
select a.student_id, a.started_at, a.id, u.display_name as student_name, a.course_id, a.quiz_id, a.quiz_version, a.attempt_no,
       a.status::text as status, a.submitted_at, a.late, a.score::numeric as score, a.passing_score::numeric as passing_score,
       a.passed, a.graded_at
  from learning.attempts a
  join catalog.courses c on c.id = a.course_id
  join identity.users u on u.id = a.student_id
 where current_setting('app.role', true) = 'admin'
    or current_setting('app.role', true) = 'instructor' and (
         c.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
         or nullif(current_setting('app.user_id', true), '')::uuid = any (c.editor_ids));
comment on view learning.course_attempts is
  'Attempts and their results for the lead and the further instructors of the course, and for admins; no row for anybody else.';
call platform.give_view('learning.course_attempts', 'techcourse_reader');
grant select on learning.course_attempts to techcourse_app;
comment on column learning.course_attempts.student_id is 'Who takes the quiz.';
comment on column learning.course_attempts.started_at is 'When the attempt began.';
comment on column learning.course_attempts.id is 'The attempt.';
comment on column learning.course_attempts.student_name is 'Name of the student. Personal data.';
comment on column learning.course_attempts.course_id is 'The course of the quiz.';
comment on column learning.course_attempts.quiz_id is 'The quiz.';
comment on column learning.course_attempts.quiz_version is 'The version that was taken.';
comment on column learning.course_attempts.attempt_no is 'The how manieth of this student.';
comment on column learning.course_attempts.status is 'in_progress, submitted or graded.';
comment on column learning.course_attempts.submitted_at is 'When it was handed in; null before.';
comment on column learning.course_attempts.late is 'Whether it was handed in after its deadline.';
comment on column learning.course_attempts.score is 'Percent of the points; null until it is graded.';
comment on column learning.course_attempts.passing_score is 'Percent that passes.';
comment on column learning.course_attempts.passed is 'Whether it passed; false until it is graded.';
comment on column learning.course_attempts.graded_at is 'When it was graded; null before.';
