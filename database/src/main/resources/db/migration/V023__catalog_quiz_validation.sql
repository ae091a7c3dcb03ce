-- A whole quiz document: every fault with its place, so that an author can mend all of them at once.
create function catalog.quiz_question_faults(question jsonb, place text) returns table (pointer text, fault text)
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  kind constant text := question ->> 'type';
  known constant text[] := array['id', 'type', 'text', 'points', 'feedback', 'answer'] || case kind
    when 'single_choice' then array['options'] when 'multiple_choice' then array['options']
    when 'numeric' then array['tolerance', 'unit'] when 'short_text' then array['case_sensitive']
    when 'matching' then array['left', 'right'] when 'ordering' then array['items']
    when 'essay' then array['rubric'] else '{}' end;
begin
  if jsonb_typeof(question) <> 'object' then
    return query select place, 'must be an object';
    return;
  end if;
  if coalesce(kind not in ('single_choice', 'multiple_choice', 'true_false', 'numeric', 'short_text',
      'matching', 'ordering', 'fill_in', 'essay'), true) then
    return query select place || '/type', 'must be single_choice, multiple_choice, true_false, numeric, short_text, matching, ordering, fill_in or essay';
  end if;
  if coalesce(jsonb_typeof(question -> 'id'), '') <> 'string' or question ->> 'id' !~ '^[a-z0-9_-]{1,40}$' then
    return query select place || '/id', 'must be 1 to 40 of a-z, 0-9, _ and -';
  end if;
  if coalesce(jsonb_typeof(question -> 'text'), '') <> 'string' or length(question ->> 'text') not between 1 and 5000 then
    return query select place || '/text', 'must be a text of 1 to 5000 characters';
  end if;
  if (case when jsonb_typeof(question -> 'points') = 'number'
      then (question ->> 'points')::numeric <= 0 or (question ->> 'points')::numeric > 1000 else true end) then
    return query select place || '/points', 'must be a number above 0, at most 1000';
  end if;
  if kind = 'numeric' and (case when question ? 'tolerance'
      then case when jsonb_typeof(question -> 'tolerance') = 'number' then (question ->> 'tolerance')::numeric < 0 else true end
      else false end) then
    return query select place || '/tolerance', 'must be a number, not negative';
  end if;
  if kind in ('single_choice', 'multiple_choice') then
    return query select * from catalog.quiz_option_faults(question -> 'options', place || '/options');
  elsif kind = 'matching' then
    return query select * from catalog.quiz_option_faults(question -> 'left', place || '/left');
    return query select * from catalog.quiz_option_faults(question -> 'right', place || '/right');
  elsif kind = 'ordering' then
    return query select * from catalog.quiz_option_faults(question -> 'items', place || '/items');
  end if;
  return query select place || '/answer', k.fault
    from (select catalog.quiz_key_fault(question) as fault) k where k.fault is not null;
  return query select place || '/' || replace(replace(k, '~', '~0'), '/', '~1'), 'is not a member of this type of question'
    from jsonb_object_keys(question) k where k <> all (known);
end
$$;
comment on function catalog.quiz_question_faults(jsonb, text) is 'All faults of one question, each with its JSON Pointer.';

create function catalog.quiz_faults(document jsonb) returns table (pointer text, fault text)
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  whole_number constant text := '^[0-9]{1,9}$';
begin
  if document is null or jsonb_typeof(document) <> 'object' then
    return query select '', 'must be an object';
    return;
  end if;
  if document -> 'schema_version' is distinct from '1'::jsonb then
    return query select '/schema_version', 'must be 1';
  end if;
  if coalesce(jsonb_typeof(document -> 'title'), '') <> 'string' or length(btrim(document ->> 'title')) not between 1 and 200 then
    return query select '/title', 'must be a text of 1 to 200 characters';
  end if;
  if (case when jsonb_typeof(document -> 'passing_score') = 'number'
      then (document ->> 'passing_score')::numeric not between 0 and 100 else true end) then
    return query select '/passing_score', 'must be a number from 0 to 100';
  end if;
  if document ? 'time_limit_seconds' and (case when document ->> 'time_limit_seconds' ~ whole_number
      and jsonb_typeof(document -> 'time_limit_seconds') = 'number'
      then (document ->> 'time_limit_seconds')::int not between 10 and 864000 else true end) then
    return query select '/time_limit_seconds', 'must be a whole number from 10 to 864000';
  end if;
  if document ? 'max_attempts' and (case when document ->> 'max_attempts' ~ whole_number
      and jsonb_typeof(document -> 'max_attempts') = 'number'
      then (document ->> 'max_attempts')::int not between 1 and 1000 else true end) then
    return query select '/max_attempts', 'must be a whole number from 1 to 1000';
  end if;
  return query select '/' || k, 'must be true or false' from unnest(array['shuffle_questions', 'shuffle_options']) k
    where document ? k and jsonb_typeof(document -> k) <> 'boolean';
  return query select '/' || replace(replace(k, '~', '~0'), '/', '~1'), 'is not a member of a quiz'
    from jsonb_object_keys(document) k
    where k not in ('schema_version', 'title', 'passing_score', 'time_limit_seconds', 'max_attempts',
      'shuffle_questions', 'shuffle_options', 'questions');
  if (case when jsonb_typeof(document -> 'questions') = 'array'
      then jsonb_array_length(document -> 'questions') not between 1 and 500 else true end) then
    return query select '/questions', 'must be a list of 1 to 500 questions';
    return;
  end if;
  return query select f.pointer, f.fault
    from jsonb_array_elements(document -> 'questions') with ordinality q (question, n),
         catalog.quiz_question_faults(q.question, format('/questions/%s', q.n - 1)) f;
  return query select format('/questions/%s/id', d.n - 1), format('"%s" is used twice', d.id)
    from (select q.question ->> 'id' as id, q.n, row_number() over (partition by q.question ->> 'id' order by q.n) as nth
            from jsonb_array_elements(document -> 'questions') with ordinality q (question, n)
           where jsonb_typeof(q.question) = 'object' and q.question ? 'id') d
   where d.nth > 1;
end
$$;
comment on function catalog.quiz_faults(jsonb) is
  'All faults of a quiz document (schema_version 1), each with its JSON Pointer (RFC 6901); no row for a valid one.';

create function catalog.is_quiz(document jsonb) returns boolean
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return not exists (select from catalog.quiz_faults(document));
comment on function catalog.is_quiz(jsonb) is 'Whether a document is a valid quiz: catalog.quiz_faults() finds nothing.';
grant execute on function catalog.quiz_faults(jsonb), catalog.is_quiz(jsonb), catalog.quiz_question_faults(jsonb, text),
  catalog.quiz_option_faults(jsonb, text), catalog.quiz_ids(jsonb), catalog.quiz_texts(jsonb),
  catalog.quiz_accepts_texts(jsonb), catalog.quiz_key_fault(jsonb) to techcourse_app, techcourse_loader;
