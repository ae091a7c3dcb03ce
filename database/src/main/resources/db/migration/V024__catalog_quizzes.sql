-- Quizzes, each document checked when it is written, each version kept for the attempts that were taken on it.
create table catalog.quizzes (
  id uuid not null default platform.uuid_v7(),
  course_id uuid not null,
  instructor_id uuid not null,
  course_status text not null,
  position integer not null default 0,
  metadata jsonb not null,
  version integer not null default 1,
  external_id text,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint quizzes_id_pkey primary key (id),
  constraint quizzes_id_course_id_key unique (id, course_id),
  constraint quizzes_external_id_key unique (external_id),
  constraint quizzes_course_fkey foreign key (course_id, instructor_id, course_status)
    references catalog.courses (id, instructor_id, status) on update cascade on delete restrict,
  constraint quizzes_metadata_is_valid_quiz_check check (catalog.is_quiz(metadata)),
  constraint quizzes_metadata_size_check check (pg_column_size(metadata) <= 1048576),
  constraint quizzes_position_not_negative_check check (position >= 0),
  constraint quizzes_version_positive_check check (version > 0),
  constraint quizzes_external_id_length_check check (length(external_id) between 1 and 200)
);
comment on table catalog.quizzes is
  'Quizzes of a course; metadata is the whole document with questions and keys. Shard class: reference.';
create index quizzes_course_id_idx on catalog.quizzes (course_id, instructor_id, course_status);
-- any question of any quiz, by what it contains: metadata @> '{"questions": [{"type": "essay"}]}'
create index quizzes_metadata_idx on catalog.quizzes using gin (metadata jsonb_path_ops);
-- the hot key: which quizzes demand how much
create index quizzes_passing_score_idx on catalog.quizzes (((metadata ->> 'passing_score')::numeric) desc, course_id);

create table catalog.quiz_versions (
  quiz_id uuid not null,
  version integer not null,
  course_id uuid not null,
  metadata jsonb not null,
  passing_score numeric not null generated always as ((metadata ->> 'passing_score')::numeric) stored,
  attempt_limit integer not null generated always as (coalesce((metadata ->> 'max_attempts')::integer, 1000000)) stored,
  created_at timestamptz not null default clock_timestamp(),
  constraint quiz_versions_quiz_id_version_pkey primary key (quiz_id, version),
  -- what attempts and their slots copy; a version never changes, so the copies never lie
  constraint quiz_versions_attempt_limit_key unique (quiz_id, version, course_id, attempt_limit),
  constraint quiz_versions_passing_score_key unique (quiz_id, version, course_id, passing_score),
  constraint quiz_versions_quiz_id_course_id_fkey foreign key (quiz_id, course_id)
    references catalog.quizzes (id, course_id) on delete restrict,
  constraint quiz_versions_metadata_is_object_check check (jsonb_typeof(metadata) = 'object'),
  constraint quiz_versions_version_positive_check check (version > 0)
);
comment on table catalog.quiz_versions is
  'Every version that a quiz document has had; an attempt keeps the one it was taken on. Shard class: reference.';

create function catalog.check_quiz() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  faults text;
begin
  if tg_op = 'UPDATE' and new.metadata is not distinct from old.metadata then
    return new;
  end if;
  select string_agg(format('%s: %s', f.pointer, f.fault), E'\n') into faults
    from (select q.pointer, q.fault from catalog.quiz_faults(new.metadata) q limit 20) f;
  if faults is not null then
    raise exception 'The quiz document is not valid: %.', replace(faults, E'\n', '; ')
      using errcode = 'TC210', detail = faults, hint = 'Each fault names its place as a JSON Pointer; mend them all and save again.',
            schema = tg_table_schema, table = tg_table_name, column = 'metadata', constraint = 'quizzes_metadata_is_valid_quiz_check';
  end if;
  if tg_op = 'UPDATE' then
    new.version := old.version + 1;
    new.updated_at := clock_timestamp();
  end if;
  return new;
end
$$;
comment on function catalog.check_quiz() is
  'Trigger: refuses an invalid quiz document (TC210, every fault with its JSON Pointer) and counts its versions.';
create trigger quizzes_check before insert or update on catalog.quizzes
  for each row execute function catalog.check_quiz();
create trigger quizzes_copy_course_columns before insert on catalog.quizzes
  for each row execute function catalog.copy_course_columns();

create function catalog.keep_quiz_version() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into catalog.quiz_versions (quiz_id, version, course_id, metadata)
  values (new.id, new.version, new.course_id, new.metadata);
  return null;
end
$$;
comment on function catalog.keep_quiz_version() is 'Trigger: keeps each version of a quiz document.';

call platform.protect('catalog.quizzes');
call platform.protect('catalog.quiz_versions');
call platform.give_function('catalog.keep_quiz_version()', 'techcourse_loader');
create trigger quizzes_keep_version after insert on catalog.quizzes
  for each row execute function catalog.keep_quiz_version();
create trigger quizzes_keep_new_version after update on catalog.quizzes
  for each row when (old.version <> new.version) execute function catalog.keep_quiz_version();
-- versions are written by the trigger alone, and never changed
revoke update on catalog.quiz_versions from techcourse_loader;

grant select, insert (id, course_id, position, metadata), update (position, metadata) on catalog.quizzes to techcourse_app;
-- keys are in the document: only its instructor and an admin read it; students get learning.quiz_paper()
create policy quizzes_instructor_policy on catalog.quizzes to techcourse_app
  using (current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);

insert into platform.shard_plan (table_name, class) values
  ('catalog.quizzes', 'reference'), ('catalog.quiz_versions', 'reference');
