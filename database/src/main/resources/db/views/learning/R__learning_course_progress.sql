-- How far students have come: own enrolments for a student, those of an instructor's courses for the instructor.
-- Owned by techcourse_reader, not security_invoker: an instructor sees names and progress here, and no more of either.
create or replace view learning.course_progress as
select e.student_id,
       e.course_id,
       u.display_name as student_name,
       c.slug as course_slug,
       c.title as course_title,
       e.enrolled_at,
       e.ended_at,
       e.end_reason,
       e.completed_at,
       (select count(*)::integer from catalog.lessons l where l.course_id = e.course_id) as lessons,
       (select count(*)::integer from learning.lesson_progress p
         where p.student_id = e.student_id and p.course_id = e.course_id and p.completed_at is not null) as lessons_done,
       (select count(*)::integer from catalog.quizzes q where q.course_id = e.course_id) as quizzes,
       (select count(distinct a.quiz_id)::integer from learning.attempts a
         where a.student_id = e.student_id and a.course_id = e.course_id and a.passed) as quizzes_passed,
       (select max(p.last_seen_at) from learning.lesson_progress p
         where p.student_id = e.student_id and p.course_id = e.course_id) as last_seen_at,
       coalesce(
         (select p.lesson_id from learning.lesson_progress p
           where p.student_id = e.student_id and p.course_id = e.course_id and p.completed_at is null
           order by p.last_seen_at desc limit 1),
         (select l.id from catalog.lessons l join catalog.sections s on s.id = l.section_id
           where l.course_id = e.course_id
             and not exists (select from learning.lesson_progress p
                              where p.student_id = e.student_id and p.lesson_id = l.id and p.completed_at is not null)
           order by s.position, l.position limit 1)) as resume_lesson_id
  from learning.enrollments e
  join catalog.courses c on c.id = e.course_id
  join identity.users u on u.id = e.student_id
 where current_setting('app.role', true) = 'admin'
    or current_setting('app.role', true) = 'student' and e.student_id = nullif(current_setting('app.user_id', true), '')::uuid
    or current_setting('app.role', true) = 'instructor' and (
         e.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
         or exists (select from catalog.course_instructors i
                     where i.course_id = e.course_id and i.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid));
comment on view learning.course_progress is
  'Enrolments with what of the course is done, for their student, for its instructors and for admins.';
call platform.give_view('learning.course_progress', 'techcourse_reader');
grant select on learning.course_progress to techcourse_app;
comment on column learning.course_progress.student_id is 'Who learns.';
comment on column learning.course_progress.course_id is 'What.';
comment on column learning.course_progress.student_name is 'Name of the student. Personal data.';
comment on column learning.course_progress.course_slug is 'Name of the course in addresses.';
comment on column learning.course_progress.course_title is 'Title of the course.';
comment on column learning.course_progress.enrolled_at is 'Since when.';
comment on column learning.course_progress.ended_at is 'Until when; null while it lasts.';
comment on column learning.course_progress.end_reason is 'Why it ended; null while it lasts.';
comment on column learning.course_progress.completed_at is 'When all of the course was done; stays when lessons are added later.';
comment on column learning.course_progress.lessons is 'How many lessons the course has now.';
comment on column learning.course_progress.lessons_done is 'How many of them the student has done.';
comment on column learning.course_progress.quizzes is 'How many quizzes the course has now.';
comment on column learning.course_progress.quizzes_passed is 'How many of them the student has passed.';
comment on column learning.course_progress.last_seen_at is 'When a lesson was last opened; null before the first.';
comment on column learning.course_progress.resume_lesson_id is
  'Where to go on: the lesson that was last opened and is not done, else the first that is not done; null when all are done.';
