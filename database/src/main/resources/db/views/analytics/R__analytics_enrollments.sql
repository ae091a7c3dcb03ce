-- Enrolments without persons, for questions that no ready view answers.
-- Owned by techcourse_reader, not security_invoker: an analyst sees a keyed hash, which leads to no student.
create or replace view analytics.enrollments as
select encode(substr(sha256(k.salt || uuid_send(e.student_id)), 1, 16), 'hex') as student_key,
       e.course_id,
       c.slug as course_slug,
       e.order_id is not null as paid,
       e.enrolled_at,
       e.completed_at,
       e.ended_at,
       e.end_reason
  from analytics.student_key_salt k
 cross join learning.enrollments e
  join catalog.courses c on c.id = e.course_id;
comment on view analytics.enrollments is
  'Enrolments with a key that stands for the same student in all views of this schema, and for nobody outside of them.';
comment on column analytics.enrollments.student_key is 'Keyed hash of the student, the same in all views of this schema.';
comment on column analytics.enrollments.course_id is 'The course.';
comment on column analytics.enrollments.course_slug is 'Name of the course in addresses.';
comment on column analytics.enrollments.paid is 'Whether it rests on an order.';
comment on column analytics.enrollments.enrolled_at is 'When it began.';
comment on column analytics.enrollments.completed_at is 'When the course was completed; null if it was not.';
comment on column analytics.enrollments.ended_at is 'When it ended; null while it goes on.';
comment on column analytics.enrollments.end_reason is 'refunded, withdrawn, expired or removed; null while it goes on.';
call platform.give_view('analytics.enrollments', 'techcourse_reader');
grant select on analytics.enrollments to analyst;
