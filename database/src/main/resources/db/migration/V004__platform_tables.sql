-- Settings, background work, outgoing messages, and the plan by which tables are spread over machines.
create table platform.settings (
  name text not null,
  value jsonb not null,
  description text not null,
  updated_at timestamptz not null default clock_timestamp(),
  constraint settings_name_pkey primary key (name),
  constraint settings_name_is_snake_case_check check (name ~ '^[a-z][a-z0-9_]{1,62}$'),
  constraint settings_description_length_check check (length(description) between 1 and 500),
  constraint settings_accounting_time_zone_is_known_check check (
    name <> 'accounting_time_zone' or (jsonb_typeof(value) = 'string' and now() at time zone (value #>> '{}') is not null))
);
comment on table platform.settings is 'Settings of the academy, each with its meaning. Shard class: reference.';
create trigger settings_touch_updated_at before update on platform.settings
  for each row execute function platform.touch_updated_at();
insert into platform.settings (name, value, description) values
  ('accounting_time_zone', '"UTC"', 'IANA time zone in which a business day begins and ends.'),
  ('refund_window_days', '30', 'Days after the payment in which a student may take it back.'),
  ('instructor_share', '0.70', 'Part of a sale that the instructor earns, 0 to 1.'),
  ('academy_name', '"TechCourse Academy"', 'Name shown on pages and certificates.');
grant select on platform.settings to techcourse_app, techcourse_reader, techcourse_loader;
grant update (value) on platform.settings to techcourse_app, techcourse_loader;
call platform.protect('platform.settings');
create policy settings_everyone_reads_policy on platform.settings for select to techcourse_app using (true);
create policy settings_admin_changes_policy on platform.settings for update to techcourse_app
  using (current_setting('app.role', true) = 'admin') with check (current_setting('app.role', true) = 'admin');

create function platform.business_day(at timestamptz) returns date
  language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp
  return (at at time zone (select value #>> '{}' from platform.settings where name = 'accounting_time_zone'))::date;
comment on function platform.business_day(timestamptz) is
  'The day in the academy''s accounting time zone (setting accounting_time_zone) on which a moment falls.';
call platform.give_function('platform.business_day(timestamptz)', 'techcourse_reader');
grant execute on function platform.business_day(timestamptz)
  to techcourse_app, techcourse_loader, accountant, marketing, auditor, analyst;

create table platform.jobs (
  id uuid not null default platform.uuid_v7(),
  kind text not null,
  payload jsonb not null default '{}',
  run_at timestamptz not null default clock_timestamp(),
  locked_until timestamptz,
  tries integer not null default 0,
  last_error text,
  finished_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  constraint jobs_id_pkey primary key (id),
  constraint jobs_kind_is_snake_case_check check (kind ~ '^[a-z][a-z0-9_]{1,62}$'),
  constraint jobs_payload_is_object_check check (jsonb_typeof(payload) = 'object'),
  constraint jobs_tries_not_negative_check check (tries >= 0),
  constraint jobs_last_error_length_check check (length(last_error) <= 2000)
);
comment on table platform.jobs is 'Background work, taken by any node with FOR UPDATE SKIP LOCKED. Shard class: local.';
-- waiting jobs, the next first
create index jobs_waiting_idx on platform.jobs (run_at) where finished_at is null;

create table platform.outbox (
  id uuid not null default platform.uuid_v7(),
  topic text not null,
  payload jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  delivered_at timestamptz,
  tries integer not null default 0,
  constraint outbox_id_pkey primary key (id),
  constraint outbox_topic_length_check check (length(topic) between 1 and 100),
  constraint outbox_payload_is_object_check check (jsonb_typeof(payload) = 'object'),
  constraint outbox_tries_not_negative_check check (tries >= 0)
);
comment on table platform.outbox is
  'Messages to the outside, written in the transaction of the fact that they tell. Shard class: local.';
-- messages still to deliver, oldest first
create index outbox_undelivered_idx on platform.outbox (created_at) where delivered_at is null;
call platform.protect('platform.jobs');
call platform.protect('platform.outbox');
-- jobs and messages carry ids, no persons; the application works them for everyone
create policy jobs_app_policy on platform.jobs to techcourse_app using (true) with check (true);
create policy outbox_app_policy on platform.outbox to techcourse_app using (true) with check (true);
grant select, insert (id, kind, payload, run_at), update (run_at, locked_until, tries, last_error, finished_at), delete
  on platform.jobs to techcourse_app;
grant select, insert (id, topic, payload), update (delivered_at, tries), delete on platform.outbox to techcourse_app;

create table platform.shard_plan (
  table_name text not null,
  class text not null,
  distribution_column text,
  constraint shard_plan_table_name_pkey primary key (table_name),
  constraint shard_plan_table_name_is_qualified_check check (table_name ~ '^[a-z_]+\.[a-z_]+$'),
  constraint shard_plan_class_check check (class in ('reference', 'student-keyed', 'local')),
  constraint shard_plan_student_keyed_by_student_check check (
    (class = 'student-keyed') = (distribution_column is not distinct from 'student_id'))
);
comment on table platform.shard_plan is
  'How each table is spread over machines: a full copy everywhere, by student, or on the coordinator alone. Shard class: local.';
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('platform.settings', 'reference', null), ('platform.jobs', 'local', null),
  ('platform.outbox', 'local', null), ('platform.shard_plan', 'local', null);
grant select on platform.shard_plan to techcourse_reader, techcourse_loader;
