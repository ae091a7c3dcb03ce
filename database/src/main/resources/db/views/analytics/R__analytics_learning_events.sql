-- Learning events without persons and without details.
-- Owned by techcourse_reader, not security_invoker: an analyst sees a keyed hash, which leads to no student.
create or replace view analytics.learning_events as
select encode(substr(sha256(k.salt || uuid_send(e.student_id)), 1, 16), 'hex') as student_key,
       e.occurred_at, e.id, e.kind::text as kind, e.course_id, e.lesson_id
  from analytics.student_key_salt k
 cross join learning.events e;
comment on view analytics.learning_events is 'What learners did, by student key.';
comment on column analytics.learning_events.student_key is 'Keyed hash of the student, the same in all views of this schema.';
comment on column analytics.learning_events.occurred_at is 'When.';
comment on column analytics.learning_events.id is 'The event.';
comment on column analytics.learning_events.kind is 'What was done.';
comment on column analytics.learning_events.course_id is 'In which course; null outside of any.';
comment on column analytics.learning_events.lesson_id is 'In which lesson; null outside of any.';
call platform.give_view('analytics.learning_events', 'techcourse_reader');
grant select on analytics.learning_events to analyst;
