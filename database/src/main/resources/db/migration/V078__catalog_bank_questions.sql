-- The question bank: questions that an instructor keeps apart from any quiz, to use them in several. A quiz copies the
-- question and remembers where from and which version, so that attempts keep what they were taken on.
create function catalog.bank_question_faults(question jsonb, place text) returns table (pointer text, fault text)
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  if question is null or jsonb_typeof(question) <> 'object' then
    return query select place, 'must be an object';
    return;
  end if;
  return query select format('%s/%s', place, m), 'is given by the quiz that uses the question'
    from unnest(array['id', 'bank_question_id', 'bank_version']) m where question ? m;
  return query select * from catalog.quiz_question_faults(question - array['bank_question_id', 'bank_version'] || '{"id": "bank"}', place);
end
$$;
comment on function catalog.bank_question_faults(jsonb, text) is
  'Faults of a question of the bank: a question of a quiz without id and origin, which each quiz gives it.';
create function catalog.is_bank_question(question jsonb) returns boolean
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return not exists (select from catalog.bank_question_faults(question, ''));
comment on function catalog.is_bank_question(jsonb) is 'Whether catalog.bank_question_faults() finds nothing.';
create function catalog.are_tags(tags text[]) returns boolean
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return not exists (select from unnest(tags) t where t is null or length(t) not between 1 and 80 or t <> btrim(t));
comment on function catalog.are_tags(text[]) is 'Whether each tag has 1 to 80 characters and no blanks at its ends.';

create table catalog.bank_questions (
  id uuid not null default platform.uuid_v7(),
  instructor_id uuid not null,
  question jsonb not null,
  tags text[] not null default '{}',
  version integer not null default 1,
  imported_as text,
  archived_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint bank_questions_id_pkey primary key (id),
  -- the same question of a file is taken over once
  constraint bank_questions_instructor_id_imported_as_key unique (instructor_id, imported_as),
  constraint bank_questions_instructor_id_fkey foreign key (instructor_id) references identity.users (id) on delete restrict,
  constraint bank_questions_question_is_valid_check check (catalog.is_bank_question(question)),
  constraint bank_questions_question_size_check check (pg_column_size(question) <= 131072),
  constraint bank_questions_tags_at_most_20_check check (cardinality(tags) <= 20),
  constraint bank_questions_tags_length_check check (catalog.are_tags(tags)),
  constraint bank_questions_version_positive_check check (version > 0),
  constraint bank_questions_imported_as_is_sha256_check check (imported_as ~ '^[0-9a-f]+$' and length(imported_as) = 64)
);
comment on table catalog.bank_questions is
  'Questions that an instructor keeps for several quizzes, with keys and tags. Shard class: reference.';
-- the bank of an instructor, newest first
create index bank_questions_instructor_id_idx on catalog.bank_questions (instructor_id, id desc);

create function catalog.check_bank_question() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  faults jsonb;
begin
  if tg_op = 'UPDATE' then
    new.updated_at := clock_timestamp();
    if new.question is not distinct from old.question and new.tags is not distinct from old.tags then
      return new;
    end if;
    new.version := old.version + 1;
  end if;
  faults := catalog.listed_faults(array(select row(q.pointer, q.fault)::catalog.document_fault
                                          from catalog.bank_question_faults(new.question, '/question') q limit 100));
  if faults is not null then
    raise exception 'The question is not valid, at "%": %.', faults -> 0 ->> 'pointer', faults -> 0 ->> 'detail'
      using errcode = 'TC241', detail = faults, hint = 'Each fault names its place as a JSON Pointer; mend them all and save again.',
            schema = tg_table_schema, table = tg_table_name, column = 'question', constraint = 'bank_questions_question_is_valid_check';
  end if;
  return new;
end
$$;
comment on function catalog.check_bank_question() is
  'Trigger: refuses an invalid question (TC241, every fault with its JSON Pointer) and counts its versions.';
create trigger bank_questions_check before insert or update on catalog.bank_questions
  for each row execute function catalog.check_bank_question();

call platform.protect('catalog.bank_questions');
grant select, insert (id, instructor_id, question, tags, imported_as), update (question, tags, archived_at)
  on catalog.bank_questions to techcourse_app;
-- with their keys: nobody but whose they are, and an admin
create policy bank_questions_instructor_policy on catalog.bank_questions to techcourse_app
  using (current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant execute on function catalog.bank_question_faults(jsonb, text), catalog.is_bank_question(jsonb), catalog.are_tags(text[])
  to techcourse_app, techcourse_loader;
insert into platform.shard_plan (table_name, class) values ('catalog.bank_questions', 'reference');
