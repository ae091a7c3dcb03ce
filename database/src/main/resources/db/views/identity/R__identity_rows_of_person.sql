-- The rows of an export, one JSON object each. Columns marked "Secret." stay out, and what is only made for searching.
create or replace function identity.rows_of_person(file text, keeper text) returns setof jsonb
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  me constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  source record;
begin
  select p.relation::regclass as relation, p.person_column,
         array(select a.attname::text from pg_attribute a
                where a.attrelid = p.relation::regclass and a.attnum > 0
                  and (col_description(a.attrelid, a.attnum) ~ 'Secret\.' or a.atttypid = 'tsvector'::regtype)) as left_out
    into source
    from identity.personal_tables p
   where p.file = rows_of_person.file and p.keeper = rows_of_person.keeper;
  if found then
    return query execute format('select to_jsonb(t) - $1 from %s t where t.%I = $2', source.relation, source.person_column)
      using source.left_out, me;
  end if;
end
$$;
comment on function identity.rows_of_person(text, text) is
  'The acting person''s rows for one file of identity.personal_tables, read with the rights of whoever calls.';

create or replace function identity.own_rows(file text) returns setof jsonb
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select identity.rows_of_person(file, 'reader')
$$;
comment on function identity.own_rows(text) is 'The acting person''s rows for one file of an export.';

create or replace function identity.own_proofs(file text) returns setof jsonb
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select identity.rows_of_person(file, 'gatekeeper')
$$;
comment on function identity.own_proofs(text) is 'The acting person''s proofs of identity for one file of an export, without secrets.';
grant execute on function identity.rows_of_person(text, text) to techcourse_reader, techcourse_gatekeeper;
grant execute on function identity.own_rows(text), identity.own_proofs(text) to techcourse_app;
call platform.give_function('identity.own_rows(text)', 'techcourse_reader');
call platform.give_function('identity.own_proofs(text)', 'techcourse_gatekeeper');
