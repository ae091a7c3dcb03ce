-- Whether the books agreed, each time that somebody looked: the nightly job, or an accountant.
create table reporting.book_checks (
  id uuid not null default platform.uuid_v7(),
  checked_at timestamptz not null default clock_timestamp(),
  first_day date,
  last_day date,
  differences integer not null,
  examples jsonb not null default '[]',
  took_milliseconds integer not null,
  constraint book_checks_id_pkey primary key (id),
  constraint book_checks_last_day_after_first_check check (last_day >= first_day),
  constraint book_checks_differences_not_negative_check check (differences >= 0),
  constraint book_checks_examples_are_a_list_check check (jsonb_typeof(examples) = 'array' and jsonb_array_length(examples) <= 20),
  constraint book_checks_took_not_negative_check check (took_milliseconds >= 0)
);
comment on table reporting.book_checks is
  'What reporting.books_differences() found, each time that it was asked by the academy itself. Shard class: local.';
comment on column reporting.book_checks.id is 'Key of the check; the newest is the greatest.';
comment on column reporting.book_checks.checked_at is 'When the check began.';
comment on column reporting.book_checks.first_day is 'First business day that was looked at; null: from the beginning.';
comment on column reporting.book_checks.last_day is 'Last business day that was looked at; null: to the end.';
comment on column reporting.book_checks.differences is 'How many differences were found; 0: the books agreed to the cent.';
comment on column reporting.book_checks.examples is 'The first 20 of them, as reporting.books_differences() tells them.';
comment on column reporting.book_checks.took_milliseconds is 'How long it took.';
call platform.protect('reporting.book_checks');
grant usage on schema reporting to techcourse_loader, techcourse_app;
grant select on reporting.book_checks to accountant;
create policy book_checks_accountant_reads_policy on reporting.book_checks for select to accountant using (true);
insert into platform.shard_plan (table_name, class) values ('reporting.book_checks', 'local');
