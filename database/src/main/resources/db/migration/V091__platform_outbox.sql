-- The outbox: what happened is written in the transaction of the fact, so that what was taken back is never told and
-- what was committed always is. Facts about a student lie beside the student's rows on the same machine; a collector
-- then gives all of them one numbering. Nothing is written while nobody has subscribed to it.
create domain platform.event_topic as text
  constraint event_topic_is_versioned_check check (value ~ '^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*\.v[0-9]+$' and length(value) <= 100);
comment on domain platform.event_topic is 'A kind of event with its version, such as course.published.v1.';

create table platform.event_types (
  topic platform.event_topic not null,
  description text not null,
  payload_schema jsonb not null,
  constraint event_types_topic_pkey primary key (topic),
  constraint event_types_description_length_check check (length(description) between 1 and 300),
  constraint event_types_payload_schema_is_object_check check (jsonb_typeof(payload_schema) = 'object')
);
comment on table platform.event_types is
  'The events that webhooks can tell, each with the JSON Schema of its data. Shard class: reference.';

drop policy outbox_app_policy on platform.outbox;
revoke select, insert (id, topic, payload), update (delivered_at, tries), delete on platform.outbox from techcourse_app;
drop index platform.outbox_undelivered_idx;
alter table platform.outbox
  drop column delivered_at, drop column tries,
  add column subject_id uuid not null;
comment on table platform.outbox is
  'Facts about people, courses and the academy that are not collected yet, written in their own transaction. Shard class: local.';

create table platform.student_outbox (
  student_id uuid not null,
  id uuid not null default platform.uuid_v7(),
  topic platform.event_topic not null,
  subject_id uuid not null,
  payload jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint student_outbox_student_id_id_pkey primary key (student_id, id),
  constraint student_outbox_payload_is_object_check check (jsonb_typeof(payload) = 'object')
);
comment on table platform.student_outbox is
  'Facts about a student that are not collected yet, on the machine that keeps the student''s rows. Shard class: student-keyed.';

create table platform.events (
  id uuid not null,
  sequence_no bigint not null,
  topic platform.event_topic not null,
  subject_id uuid not null,
  payload jsonb not null,
  occurred_at timestamptz not null,
  constraint events_id_pkey primary key (id),
  -- one number for one event
  constraint events_sequence_no_key unique (sequence_no),
  constraint events_sequence_no_positive_check check (sequence_no > 0),
  constraint events_payload_is_object_check check (jsonb_typeof(payload) = 'object')
);
comment on table platform.events is
  'Collected events in one numbering, kept for a month so that they can be sent again. Shard class: local.';
-- sent again by time; cleared away
create index events_occurred_at_idx on platform.events (occurred_at);

insert into platform.shard_plan (table_name, class, distribution_column) values
  ('platform.event_types', 'reference', null), ('platform.student_outbox', 'student-keyed', 'student_id'),
  ('platform.events', 'local', null);
call platform.protect('platform.event_types');
call platform.protect('platform.student_outbox');
call platform.protect('platform.events');
grant delete on platform.outbox, platform.student_outbox, platform.events to techcourse_loader;
grant select on platform.event_types, platform.events to techcourse_app;
create policy event_types_admin_reads_policy on platform.event_types for select to techcourse_app
  using (current_setting('app.role', true) is not null);
create policy events_admin_reads_policy on platform.events for select to techcourse_app
  using (current_setting('app.role', true) = 'admin');
-- written by the recorder's functions alone
create policy outbox_recorder_policy on platform.outbox to techcourse_recorder using (true) with check (true);
create policy student_outbox_recorder_policy on platform.student_outbox to techcourse_recorder using (true) with check (true);
grant insert on platform.outbox, platform.student_outbox to techcourse_recorder;

insert into platform.event_types (topic, description, payload_schema)
select e.topic, e.description, jsonb_build_object('type', 'object', 'additionalProperties', false,
         'properties', (
           select jsonb_object_agg(split_part(m, ':', 1), case split_part(m, ':', 2)
                    when 'uuid' then '{"type": "string", "format": "uuid"}'::jsonb
                    else jsonb_build_object('type', split_part(m, ':', 2)) end)
             from unnest(string_to_array(e.members, ' ')) m),
         'required', (select jsonb_agg(split_part(m, ':', 1)) from unnest(string_to_array(e.members, ' ')) m))
  from (values
    ('user.created.v1', 'Somebody has an account.', 'user_id:uuid'),
    ('course.published.v1', 'A course is open for enrolment.', 'course_id:uuid instructor_id:uuid'),
    ('course.archived.v1', 'A course is closed for enrolment.', 'course_id:uuid instructor_id:uuid'),
    ('course.price_changed.v1', 'A course costs something else; amounts are decimal texts.',
     'course_id:uuid old_price:string new_price:string currency:string'),
    ('enrollment.created.v1', 'A student is enrolled, for the first time or again.', 'student_id:uuid course_id:uuid again:boolean'),
    ('enrollment.ended.v1', 'An enrolment ended: refunded, withdrawn, expired or removed.',
     'student_id:uuid course_id:uuid reason:string'),
    ('lesson.completed.v1', 'A student has completed a lesson.', 'student_id:uuid course_id:uuid lesson_id:uuid'),
    ('course.completed.v1', 'A student has completed a course.', 'student_id:uuid course_id:uuid'),
    ('attempt.submitted.v1', 'An attempt at a quiz is handed in.',
     'student_id:uuid course_id:uuid quiz_id:uuid attempt_id:uuid late:boolean'),
    ('attempt.graded.v1', 'An attempt has its grade, or another one; the score in percent is a decimal text.',
     'student_id:uuid course_id:uuid quiz_id:uuid attempt_id:uuid score:string passed:boolean'),
    ('certificate.issued.v1', 'A student has a certificate.', 'student_id:uuid course_id:uuid number:string'),
    ('certificate.revoked.v1', 'A certificate is revoked.', 'student_id:uuid course_id:uuid number:string'),
    ('review.posted.v1', 'A student has reviewed a course, or changed the review.', 'student_id:uuid course_id:uuid rating:integer'),
    ('webhook.ping.v1', 'A test that an admin asked for.', 'webhook_id:uuid'),
    ('webhook.disabled.v1', 'Another receiver failed for so long that nothing is sent to it any more.', 'webhook_id:uuid')
  ) e (topic, description, members);
