-- The shape of a quiz document, schema_version 1, checked by the database itself.
-- A fault is a JSON Pointer (RFC 6901) and a sentence; a document without faults is valid.
create function catalog.quiz_option_faults(options jsonb, place text) returns table (pointer text, fault text)
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  if options is null or jsonb_typeof(options) <> 'array' or jsonb_array_length(options) not between 2 and 50 then
    return query select place, 'must be a list of 2 to 50 entries with id and text';
    return;
  end if;
  return query
    select format('%s/%s', place, o.n - 1), 'must have an id (a-z, 0-9, _, -) and a text'
      from jsonb_array_elements(options) with ordinality o (entry, n)
     where jsonb_typeof(o.entry) <> 'object'
        or coalesce(o.entry ->> 'id', '') !~ '^[a-z0-9_-]{1,40}$'
        or coalesce(jsonb_typeof(o.entry -> 'text'), '') <> 'string'
        or length(o.entry ->> 'text') not between 1 and 2000;
  return query
    select format('%s/%s/id', place, d.n - 1), format('"%s" is used twice', d.id)
      from (select o.entry ->> 'id' as id, o.n, row_number() over (partition by o.entry ->> 'id' order by o.n) as nth
              from jsonb_array_elements(options) with ordinality o (entry, n)) d
     where d.nth > 1;
end
$$;
comment on function catalog.quiz_option_faults(jsonb, text) is
  'Faults of a list of options, items or sides of a question: each entry needs a unique id and a text.';

create function catalog.quiz_ids(entries jsonb) returns text[]
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return case when jsonb_typeof(entries) = 'array'
    then array(select e ->> 'id' from jsonb_array_elements(entries) e order by 1) else '{}' end;
comment on function catalog.quiz_ids(jsonb) is 'The ids of a list of options, in alphabetical order.';

create function catalog.quiz_texts(texts jsonb) returns text[]
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return case when jsonb_typeof(texts) = 'array'
    then array(select t #>> '{}' from jsonb_array_elements(texts) t where jsonb_typeof(t) = 'string' order by 1) else '{}' end;
comment on function catalog.quiz_texts(jsonb) is 'The strings of a JSON list, in alphabetical order.';

create function catalog.quiz_accepts_texts(texts jsonb) returns boolean
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return coalesce(jsonb_typeof(texts) = 'array' and jsonb_array_length(texts) between 1 and 50
    and cardinality(catalog.quiz_texts(texts)) = jsonb_array_length(texts)
    and not '' = any (catalog.quiz_texts(texts)), false);
comment on function catalog.quiz_accepts_texts(jsonb) is 'Whether a key is a list of 1 to 50 non-empty strings.';

-- The key of one question, by its type.
create function catalog.quiz_key_fault(question jsonb) returns text
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  key constant jsonb := question -> 'answer';
  kind constant text := coalesce(jsonb_typeof(question -> 'answer'), 'absent');
begin
  case question ->> 'type'
    when 'single_choice' then
      if kind <> 'string' or not key #>> '{}' = any (catalog.quiz_ids(question -> 'options')) then
        return 'must be the id of one option';
      end if;
    when 'multiple_choice' then
      if kind <> 'array' or jsonb_array_length(key) < 1
        or cardinality(catalog.quiz_texts(key)) <> jsonb_array_length(key)
        or not catalog.quiz_texts(key) <@ catalog.quiz_ids(question -> 'options')
        or (select count(distinct t) from unnest(catalog.quiz_texts(key)) t) <> jsonb_array_length(key) then
        return 'must be a list of different option ids';
      end if;
    when 'true_false' then
      if kind <> 'boolean' then
        return 'must be true or false';
      end if;
    when 'numeric' then
      if kind <> 'number' then
        return 'must be a number';
      end if;
    when 'short_text' then
      if not catalog.quiz_accepts_texts(key) then
        return 'must be a list of 1 to 50 accepted texts';
      end if;
    when 'matching' then
      if kind <> 'object'
        or array(select k from jsonb_object_keys(key) k order by 1) <> catalog.quiz_ids(question -> 'left')
        or exists (select from jsonb_each(key) e
                    where jsonb_typeof(e.value) <> 'string'
                       or not e.value #>> '{}' = any (catalog.quiz_ids(question -> 'right'))) then
        return 'must give every left id one right id';
      end if;
    when 'ordering' then
      if kind <> 'array' or catalog.quiz_texts(key) <> catalog.quiz_ids(question -> 'items') then
        return 'must name every item id once, in the right order';
      end if;
    when 'fill_in' then
      if kind <> 'object' or key = '{}'::jsonb
        or exists (select from jsonb_each(key) e where not catalog.quiz_accepts_texts(e.value))
        or array(select k from jsonb_object_keys(key) k order by 1)
           <> array(select distinct m[1] from regexp_matches(coalesce(question ->> 'text', ''), '\{\{([a-z0-9_-]{1,40})\}\}', 'g') m
                     order by 1) then
        return 'must give every {{gap}} of the text a list of accepted texts';
      end if;
    when 'essay' then
      if kind <> 'absent' then
        return 'must be absent, because a person grades an essay';
      end if;
    else
      return null; -- the type itself is reported
  end case;
  return null;
end
$$;
comment on function catalog.quiz_key_fault(jsonb) is
  'What is wrong with the answer key of a question, or null: single_choice, multiple_choice, true_false, numeric, short_text, matching, ordering, fill_in; an essay has none.';
