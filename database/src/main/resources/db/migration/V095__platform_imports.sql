-- The log of imports: who brought in what, and what became of each line. The lines themselves lie in temporary tables
-- that end with their session, so that no copy of anybody's data stays behind, not even after a crash.
create table platform.imports (
  id uuid not null default platform.uuid_v7(),
  kind text not null,
  mode text not null,
  dry_run boolean not null,
  state text not null default 'running',
  started_by uuid not null,
  row_count integer not null default 0,
  created_count integer not null default 0,
  updated_count integer not null default 0,
  unchanged_count integer not null default 0,
  refused_count integer not null default 0,
  problem text,
  started_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  constraint imports_id_pkey primary key (id),
  constraint imports_started_by_fkey foreign key (started_by) references identity.users (id) on delete restrict,
  constraint imports_kind_check check (kind in ('users', 'courses', 'enrollments', 'coupons')),
  constraint imports_mode_check check (mode in ('all-or-nothing', 'partial')),
  constraint imports_state_check check (state in ('running', 'done', 'refused', 'failed')),
  constraint imports_counts_not_negative_check check (
    least(row_count, created_count, updated_count, unchanged_count, refused_count) >= 0),
  constraint imports_problem_length_check check (length(problem) between 1 and 500),
  constraint imports_finished_has_a_time_check check ((state = 'running') = (finished_at is null))
);
comment on table platform.imports is 'Imports of CSV files, with their counts. Shard class: local.';
create index imports_started_by_idx on platform.imports (started_by);
create trigger imports_touch_updated_at before update on platform.imports
  for each row execute function platform.touch_updated_at();

create table platform.import_rows (
  import_id uuid not null,
  line_no integer not null,
  outcome text not null,
  column_name text,
  sentence text,
  subject_id uuid,
  constraint import_rows_import_id_line_no_pkey primary key (import_id, line_no),
  constraint import_rows_import_id_fkey foreign key (import_id) references platform.imports (id) on delete cascade,
  constraint import_rows_line_no_positive_check check (line_no > 0),
  constraint import_rows_outcome_check check (outcome in ('created', 'updated', 'unchanged', 'refused')),
  constraint import_rows_refused_has_a_sentence_check check ((outcome = 'refused') = (sentence is not null)),
  constraint import_rows_column_name_length_check check (length(column_name) <= 63),
  constraint import_rows_sentence_length_check check (length(sentence) <= 500)
);
comment on table platform.import_rows is
  'What became of each line of an import, in sentences that repeat none of its values; kept for 30 days. Shard class: local.';

insert into platform.shard_plan (table_name, class) values ('platform.imports', 'local'), ('platform.import_rows', 'local');
call platform.protect('platform.imports');
call platform.protect('platform.import_rows');
grant delete on platform.import_rows to techcourse_loader;
grant select on platform.imports, platform.import_rows to techcourse_app;
create policy imports_admin_reads_policy on platform.imports for select to techcourse_app
  using (current_setting('app.role', true) = 'admin');
create policy import_rows_admin_reads_policy on platform.import_rows for select to techcourse_app
  using (current_setting('app.role', true) = 'admin');
call audit.watch('platform.imports', 'id', 'kind,mode,dry_run,state,started_by,created_count,updated_count,refused_count');

create function platform.clear_imports() returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  -- a running import says every few seconds that it lives
  update platform.imports i set state = 'failed', finished_at = clock_timestamp(), problem = 'The process that ran it ended.'
   where i.state = 'running' and i.updated_at < clock_timestamp() - interval '15 minutes';
  delete from platform.import_rows r using platform.imports i
   where i.id = r.import_id and i.finished_at < clock_timestamp() - interval '30 days';
end;
comment on function platform.clear_imports() is
  'Notes that imports whose process ended have failed, and clears away reports that are older than 30 days.';
grant execute on function platform.clear_imports() to techcourse_app;
call platform.give_function('platform.clear_imports()', 'techcourse_loader');
