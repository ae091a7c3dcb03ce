-- Quizzes grow, compatibly: schema_version stays 1, every new member is optional. Here the questions: partial credit,
-- points taken for a wrong answer, feedback by outcome and by option, and where a question was copied from.
create or replace function catalog.quiz_option_faults(options jsonb, place text) returns table (pointer text, fault text)
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
        or coalesce(jsonb_typeof(o.entry -> 'id'), '') <> 'string'
        or coalesce(o.entry ->> 'id', '') !~ '^[a-z0-9_-]{1,40}$'
        or coalesce(jsonb_typeof(o.entry -> 'text'), '') <> 'string'
        or length(o.entry ->> 'text') not between 1 and 2000;
  -- what an option holds besides goes nowhere: a member nobody knows could be a key
  return query
    select format('%s/%s/%s', place, o.n - 1, catalog.pointer_part(m.name)), case m.name when 'feedback'
        then 'must be a text of at most 2000 characters, and stands with the options of a choice only'
        else 'is not a member of an entry' end
      from jsonb_array_elements(options) with ordinality o (entry, n),
           jsonb_each(case when jsonb_typeof(o.entry) = 'object' then o.entry else '{}' end) m (name, value)
     where m.name not in ('id', 'text')
       and (m.name <> 'feedback' or place !~ '/options$'
         or jsonb_typeof(m.value) <> 'string' or length(m.value #>> '{}') not between 1 and 2000);
  return query
    select format('%s/%s/id', place, d.n - 1), format('"%s" is used twice', left(d.id, 40))
      from (select o.entry ->> 'id' as id, o.n, row_number() over (partition by o.entry ->> 'id' order by o.n) as nth
              from jsonb_array_elements(options) with ordinality o (entry, n)
             where jsonb_typeof(o.entry) = 'object' and o.entry ? 'id') d
     where d.nth > 1;
end
$$;

create function catalog.pointer_part(name text) returns text
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return replace(replace(left(name, 80), '~', '~0'), '/', '~1');
comment on function catalog.pointer_part(text) is 'A name as a step of a JSON Pointer (RFC 6901), cut at 80 characters.';

create function catalog.quiz_number_fits(value jsonb, lowest numeric, highest numeric) returns boolean
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return case when jsonb_typeof(value) = 'number'
    then value::numeric between lowest and highest and scale(trim_scale(value::numeric)) <= 30 else false end;
comment on function catalog.quiz_number_fits(jsonb, numeric, numeric) is
  'Whether a JSON value is a number within two bounds, both allowed, with at most 30 decimals.';

-- The members that any question may have besides its type's own.
create function catalog.question_extra_faults(question jsonb, place text) returns table (pointer text, fault text)
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  return query select format('%s/%s', place, m), 'must be a text of 1 to 5000 characters'
    from unnest(array['feedback', 'feedback_correct', 'feedback_incorrect', 'rubric']) m
   where question ? m and (jsonb_typeof(question -> m) <> 'string' or length(question ->> m) not between 1 and 5000);
  return query select place || '/unit', 'must be a text of 1 to 40 characters'
   where question ? 'unit' and (jsonb_typeof(question -> 'unit') <> 'string' or length(question ->> 'unit') not between 1 and 40);
  return query select format('%s/%s', place, m), 'must be true or false' from unnest(array['case_sensitive', 'partial_credit']) m
   where question ? m and jsonb_typeof(question -> m) <> 'boolean';
  if question ? 'penalty' and not catalog.quiz_number_fits(question -> 'penalty', 0,
      case when jsonb_typeof(question -> 'points') = 'number' then (question ->> 'points')::numeric else 1000 end) then
    return query select place || '/penalty', 'must be a number from 0 to the points of the question';
  end if;
  if question ? 'tolerance' and not catalog.quiz_number_fits(question -> 'tolerance', 0, 1e30) then
    return query select place || '/tolerance', 'must be a number, not negative';
  end if;
  if question ? 'bank_question_id' <> question ? 'bank_version'
    or question ? 'bank_question_id' and (jsonb_typeof(question -> 'bank_question_id') <> 'string' or question ->> 'bank_question_id'
      !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$') then
    return query select place || '/bank_question_id', 'must be the id of a question of the bank, with bank_version beside it';
  end if;
  if question ? 'bank_version' and (jsonb_typeof(question -> 'bank_version') <> 'number'
      or question ->> 'bank_version' !~ '^[1-9][0-9]{0,8}$') then
    return query select place || '/bank_version', 'must be a whole number from 1';
  end if;
end
$$;
comment on function catalog.question_extra_faults(jsonb, text) is
  'Faults of the members of a question besides its text, points, parts and key: feedback, rubric, unit, partial_credit, penalty, tolerance, origin in the bank.';

create or replace function catalog.quiz_question_faults(question jsonb, place text) returns table (pointer text, fault text)
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  kind constant text := question ->> 'type';
  known constant text[] := array['id', 'type', 'text', 'points', 'feedback', 'answer', 'bank_question_id', 'bank_version'] || case kind
    when 'single_choice' then array['options', 'penalty', 'feedback_correct', 'feedback_incorrect']
    when 'multiple_choice' then array['options', 'penalty', 'partial_credit', 'feedback_correct', 'feedback_incorrect']
    when 'true_false' then array['penalty', 'feedback_correct', 'feedback_incorrect']
    when 'numeric' then array['tolerance', 'unit', 'penalty', 'feedback_correct', 'feedback_incorrect']
    when 'short_text' then array['case_sensitive', 'penalty', 'feedback_correct', 'feedback_incorrect']
    when 'matching' then array['left', 'right', 'penalty', 'partial_credit', 'feedback_correct', 'feedback_incorrect']
    when 'ordering' then array['items', 'penalty', 'partial_credit', 'feedback_correct', 'feedback_incorrect']
    when 'fill_in' then array['case_sensitive', 'penalty', 'partial_credit', 'feedback_correct', 'feedback_incorrect']
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
  if not catalog.quiz_number_fits(question -> 'points', 0, 1000) or coalesce(question -> 'points' = '0', true) then
    return query select place || '/points', 'must be a number above 0, at most 1000';
  end if;
  return query select * from catalog.question_extra_faults(question, place);
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
  if kind = 'numeric' and jsonb_typeof(question -> 'answer') = 'number' and not catalog.quiz_number_fits(question -> 'answer', -1e30, 1e30) then
    return query select place || '/answer', 'must have at most 30 digits before and after the point';
  end if;
  return query select format('%s/%s', place, catalog.pointer_part(k)), 'is not a member of this type of question'
    from jsonb_object_keys(question) k where k <> all (known);
end
$$;
grant execute on function catalog.pointer_part(text), catalog.quiz_number_fits(jsonb, numeric, numeric),
  catalog.question_extra_faults(jsonb, text) to techcourse_app, techcourse_loader;
