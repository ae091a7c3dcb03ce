-- The members of the quiz around its questions: grace, random subset, when it is open, when keys are shown.
create or replace function catalog.quiz_faults(document jsonb) returns table (pointer text, fault text)
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
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
  if not catalog.quiz_number_fits(document -> 'passing_score', 0, 100) then
    return query select '/passing_score', 'must be a number from 0 to 100';
  end if;
  return query select '/' || w.name, format('must be a whole number from %s to %s', w.lowest, w.highest)
    from (values ('time_limit_seconds', 10, 864000), ('max_attempts', 1, 1000), ('grace_seconds', 0, 3600), ('draw', 1, 500))
           w (name, lowest, highest)
   where document ? w.name and (case when jsonb_typeof(document -> w.name) = 'number' and document ->> w.name ~ '^[0-9]{1,9}$'
     then (document ->> w.name)::int not between w.lowest and w.highest else true end);
  return query select '/' || k, 'must be true or false' from unnest(array['shuffle_questions', 'shuffle_options']) k
    where document ? k and jsonb_typeof(document -> k) <> 'boolean';
  return query select * from catalog.quiz_opening_faults(document);
  return query select '/' || catalog.pointer_part(k), 'is not a member of a quiz'
    from jsonb_object_keys(document) k
    where k not in ('schema_version', 'title', 'passing_score', 'time_limit_seconds', 'max_attempts', 'grace_seconds', 'draw',
      'show_answers', 'available_from', 'available_until', 'shuffle_questions', 'shuffle_options', 'questions');
  if (case when jsonb_typeof(document -> 'questions') = 'array'
      then jsonb_array_length(document -> 'questions') not between 1 and 500 else true end) then
    return query select '/questions', 'must be a list of 1 to 500 questions';
    return;
  end if;
  if jsonb_typeof(document -> 'draw') = 'number' and (document ->> 'draw')::numeric > jsonb_array_length(document -> 'questions') then
    return query select '/draw', 'must not be more than there are questions';
  end if;
  return query select f.pointer, f.fault
    from jsonb_array_elements(document -> 'questions') with ordinality q (question, n),
         catalog.quiz_question_faults(q.question, format('/questions/%s', q.n - 1)) f;
  return query select format('/questions/%s/id', d.n - 1), format('"%s" is used twice', left(d.id, 40))
    from (select q.question ->> 'id' as id, q.n, row_number() over (partition by q.question ->> 'id' order by q.n) as nth
            from jsonb_array_elements(document -> 'questions') with ordinality q (question, n)
           where jsonb_typeof(q.question) = 'object' and q.question ? 'id') d
   where d.nth > 1;
end
$$;

create function catalog.quiz_moment(written jsonb) returns timestamptz
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  -- with its offset written out, a moment does not hang on the session's time zone
  if jsonb_typeof(written) <> 'string' or written #>> '{}' !~
    '^20[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$' then
    return null;
  end if;
  return (written #>> '{}')::timestamptz;
exception when datetime_field_overflow then
  return null; -- the 30th of February
end
$$;
comment on function catalog.quiz_moment(jsonb) is
  'A moment of a quiz document, RFC 3339 to the second with its offset; null where it is none.';

create function catalog.quiz_opening_faults(document jsonb) returns table (pointer text, fault text)
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  return query select '/' || m, 'must be a time such as 2026-11-22T18:00:00Z' from unnest(array['available_from', 'available_until']) m
   where document ? m and catalog.quiz_moment(document -> m) is null;
  if catalog.quiz_moment(document -> 'available_from') >= catalog.quiz_moment(document -> 'available_until') then
    return query select '/available_until', 'must be later than available_from';
  end if;
  if not document ? 'show_answers' then
    return;
  end if;
  if jsonb_typeof(document -> 'show_answers') <> 'string' or document ->> 'show_answers' not in
      ('never', 'after_submission', 'after_grading', 'after_passing', 'after_last_attempt', 'after_closing') then
    return query select '/show_answers',
      'must be never, after_submission, after_grading, after_passing, after_last_attempt or after_closing';
  elsif document ->> 'show_answers' = 'after_closing' and not document ? 'available_until' then
    return query select '/show_answers', 'needs available_until, because the quiz never closes without it';
  elsif document ->> 'show_answers' = 'after_last_attempt' and not document ? 'max_attempts' then
    return query select '/show_answers', 'needs max_attempts, because there is no last attempt without it';
  end if;
end
$$;
comment on function catalog.quiz_opening_faults(jsonb) is
  'Faults of when a quiz is open (available_from, available_until) and when it shows keys and feedback (show_answers).';

create function catalog.entries_without_feedback(entries jsonb, mixed boolean) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return (select jsonb_agg(jsonb_build_object('id', e.entry -> 'id', 'text', e.entry -> 'text')
                           order by case when mixed then md5(e.entry::text) end, e.n)
            from jsonb_array_elements(entries) with ordinality e (entry, n));
comment on function catalog.entries_without_feedback(jsonb, boolean) is
  'Options, items or sides with id and text alone; mixed in an order that says nothing.';
create function catalog.question_without_key(question jsonb) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return jsonb_strip_nulls(jsonb_build_object('id', question -> 'id', 'type', question -> 'type', 'text', question -> 'text',
    'points', question -> 'points', 'penalty', question -> 'penalty', 'partial_credit', question -> 'partial_credit',
    'unit', question -> 'unit', 'options', catalog.entries_without_feedback(question -> 'options', false),
    'left', catalog.entries_without_feedback(question -> 'left', false),
    -- their own order, and ids made by it, would be the answer
    'right', catalog.entries_without_feedback(question -> 'right', true),
    'items', catalog.entries_without_feedback(question -> 'items', true)));
comment on function catalog.question_without_key(jsonb) is 'A question as a student may see it, see catalog.quiz_without_keys().';

-- A list of what is shown, not of what is hidden: a member that comes later stays unseen until somebody decides here.
create or replace function catalog.quiz_without_keys(document jsonb) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return jsonb_strip_nulls(jsonb_build_object('schema_version', document -> 'schema_version', 'title', document -> 'title',
      'passing_score', document -> 'passing_score', 'time_limit_seconds', document -> 'time_limit_seconds',
      'grace_seconds', document -> 'grace_seconds', 'max_attempts', document -> 'max_attempts', 'draw', document -> 'draw',
      'show_answers', document -> 'show_answers', 'available_from', document -> 'available_from',
      'available_until', document -> 'available_until', 'shuffle_questions', document -> 'shuffle_questions',
      'shuffle_options', document -> 'shuffle_options'))
    || jsonb_build_object('questions', (
      select jsonb_agg(catalog.question_without_key(q.question) order by q.n)
        from jsonb_array_elements(document -> 'questions') with ordinality q (question, n)));
comment on function catalog.quiz_without_keys(jsonb) is
  'A quiz document as a student may see it: no keys, tolerances, feedback, rubrics or origins; items and right sides lie in an order of their own.';

grant execute on function catalog.quiz_moment(jsonb), catalog.quiz_opening_faults(jsonb) to techcourse_app, techcourse_loader;
grant execute on function catalog.question_without_key(jsonb), catalog.entries_without_feedback(jsonb, boolean)
  to techcourse_app, techcourse_reader;
