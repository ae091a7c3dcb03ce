-- A refused document tells all of its faults to programs, and a quiz that nobody took can be thrown away.
create type catalog.document_fault as (pointer text, fault text);
comment on type catalog.document_fault is 'A place in a document, as a JSON Pointer, and what is wrong there.';
create function catalog.listed_faults(faults catalog.document_fault[]) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return (select jsonb_agg(jsonb_build_object('pointer', f.pointer, 'detail', f.fault)) from unnest(faults) f);
comment on function catalog.listed_faults(catalog.document_fault[]) is
  'Faults as the DETAIL of a refusal and the answer of a check have them: [{"pointer", "detail"}]; null for none. They hold words of the document alone.';
create or replace function catalog.check_quiz() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  faults jsonb;
begin
  if tg_op = 'UPDATE' and new.metadata is not distinct from old.metadata then
    return new;
  end if;
  faults := catalog.listed_faults(array(select row(q.pointer, q.fault)::catalog.document_fault
                                          from catalog.quiz_faults(new.metadata) q limit 100));
  if faults is not null then
    raise exception 'The quiz document is not valid, at "%": %.', faults -> 0 ->> 'pointer', faults -> 0 ->> 'detail'
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
grant execute on function catalog.listed_faults(catalog.document_fault[]) to techcourse_app, techcourse_loader;

create function catalog.drop_quiz_versions() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from catalog.quiz_versions v where v.quiz_id = old.id;
  return old;
exception when foreign_key_violation or restrict_violation then
  raise exception 'Students have taken the quiz %.', old.id using errcode = 'TC240',
    hint = 'Close it with available_until instead: what was taken stays.', schema = 'catalog', table = 'quizzes';
end
$$;
comment on function catalog.drop_quiz_versions() is
  'Trigger: a quiz goes with its versions, unless one of them was taken (TC240).';
create trigger quizzes_drop_versions before delete on catalog.quizzes
  for each row execute function catalog.drop_quiz_versions();
grant delete on catalog.quiz_versions to techcourse_loader;
call platform.give_function('catalog.drop_quiz_versions()', 'techcourse_loader');
grant delete on catalog.quizzes to techcourse_app;

create function catalog.quiz_history(quiz_id uuid)
  returns table (version integer, created_at timestamptz, metadata jsonb)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select v.version, v.created_at, v.metadata
    from catalog.quiz_versions v
    join catalog.quizzes q on q.id = v.quiz_id
   where v.quiz_id = quiz_history.quiz_id
     and (current_setting('app.role', true) = 'admin' or current_setting('app.role', true) = 'instructor' and (
       q.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid
       or exists (select from catalog.course_instructors i
                   where i.course_id = q.course_id and i.instructor_id = nullif(current_setting('app.user_id', true), '')::uuid)));
end;
comment on function catalog.quiz_history(uuid) is
  'All versions of a quiz with their documents, for its instructors and an admin; nothing for anybody else, because they hold the keys.';
call platform.give_function('catalog.quiz_history(uuid)', 'techcourse_reader');
grant execute on function catalog.quiz_history(uuid) to techcourse_app;
