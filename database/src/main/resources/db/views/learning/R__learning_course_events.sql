-- What happened in a course, for its instructors and admins: with the analysts' keys instead of persons, without details.
-- Owned by techcourse_reader, not security_invoker: the events themselves are closed to everyone but their student.
create or replace view learning.course_events as
select encode(substr(sha256(k.salt || uuid_send(e.student_id)), 1, 16), 'hex') as student_key,
       e.occurred_at, e.id, e.kind::text as kind, e.course_id, e.lesson_id
  from analytics.student_key_salt k
 cross join learning.events e
  join catalog.courses c on c.id = e.course_id
 where current_setting('app.role', true) = 'admin'
    or current_setting('app.role', true) = 'instructor' and (
         c.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
         or exists (select from catalog.course_instructors i
                     where i.course_id = c.id and i.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid));
comment on view learning.course_events is 'Events of courses by student keys, for their instructors and for admins.';
call platform.give_view('learning.course_events', 'techcourse_reader');
grant select on learning.course_events to techcourse_app;
comment on column learning.course_events.student_key is 'Keyed hash of the student, the same as in the views of analytics.';
comment on column learning.course_events.occurred_at is 'When.';
comment on column learning.course_events.id is 'The event.';
comment on column learning.course_events.kind is 'What was done.';
comment on column learning.course_events.course_id is 'In which course.';
comment on column learning.course_events.lesson_id is 'In which lesson; null for the whole course.';
