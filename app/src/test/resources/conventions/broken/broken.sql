-- One breach of each rule, always by something called broken; run in a transaction that is rolled back.
create table learning.broken_attempts (
  "Id" integer generated always as identity,
  course_id text,
  user_id uuid default gen_random_uuid(),
  serial_no serial,
  score double precision,
  net_amount numeric,
  taken timestamp,
  note text,
  document jsonb,
  constraint broken_attempts_note_rule unique (note) deferrable
);
insert into platform.shard_plan values ('learning.broken_attempts', 'student-keyed', 'student_id'), ('learning.broken_gone', 'local', null);
create table learning.broken_siblings (
  student_id uuid not null,
  id uuid not null,
  taken_at timestamptz not null,
  constraint broken_siblings_pkey primary key (id, taken_at),
  constraint broken_siblings_day_check check (taken_at > '2000-01-01'),
  constraint broken_siblings_user_fkey foreign key (student_id) references identity.users (id) on delete set null
) partition by range (taken_at);
comment on table learning.broken_siblings is 'broken siblings';
comment on column learning.broken_siblings.student_id is 'Broken. Personal data.';
insert into platform.shard_plan values ('learning.broken_siblings', 'student-keyed', 'student_id');
create table learning.broken_siblings_p202601 partition of learning.broken_siblings for values from ('2026-01-01') to ('2026-02-01');
grant select on learning.broken_siblings_p202601 to techcourse_app;
grant update on learning.broken_siblings to techcourse_app;
create table platform.broken_pointers (
  id uuid not null,
  taken_at timestamptz not null,
  constraint broken_siblings_pkey primary key (id),
  constraint broken_pointers_fkey foreign key (id, taken_at) references learning.broken_siblings (id, taken_at)
);
insert into platform.shard_plan values ('platform.broken_pointers', 'local', null);
create index broken_pointers_taken_at_idx on platform.broken_pointers (taken_at);
create index broken_pointers_taken_at_id_idx on platform.broken_pointers (taken_at, id);
create index broken_pointers_by_time on platform.broken_pointers (taken_at desc);
grant select on platform.broken_pointers to public;
alter table catalog.courses add column broken_count integer;
create policy broken_policy on learning.broken_siblings
  using (exists (select from identity.users u where u.id = student_id) or student_id = current_setting('app.user_id')::uuid);
create function platform.broken() returns trigger language plpgsql security definer as $$
begin
  perform set_config('app.user_id', '', true);
  merge into platform.settings s using platform.settings t on s.name = t.name when matched then do nothing;
  raise exception 'Broken.';
end
$$;
create trigger broken_siblings_guard before insert on learning.broken_siblings for each row execute function platform.broken();
create view reporting.broken_sales as select * from sales.orders;
grant create on schema learning to techcourse_loader;
create table learning.broken_owned (id uuid);
alter table learning.broken_owned owner to techcourse_loader;
