-- What an answer is worth. Everything is numeric, so that 0.1 + 0.2 is 0.3; a question's points are rounded to four
-- decimals, a score to two. docs/grading.md explains each type with examples that a test grades.
create function learning.plain_text(written text, case_sensitive boolean) returns text
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return (select case when case_sensitive then t.tidy else lower(t.tidy) end
            from (select btrim(regexp_replace(normalize(translate(written, U&'\00A0\2007\202F\200B\FEFF', '   '), nfc), '\s+', ' ', 'g')) as tidy) t);
comment on function learning.plain_text(text, boolean) is
  'A text as it is compared: Unicode form NFC, each run of white space one blank, none at the ends, lower case unless case matters.';

create function learning.number_in(answer jsonb, unit text) returns numeric
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  written text;
begin
  if jsonb_typeof(answer) = 'number' then
    return answer::numeric;
  end if;
  written := btrim(translate(answer #>> '{}', U&'\2212\00A0', '- '));
  if unit <> '' and right(written, length(unit)) = unit then
    written := btrim(left(written, -length(unit)));
  end if;
  return case when length(written) <= 60 and written ~ '^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$' then written::numeric end;
end
$$;
comment on function learning.number_in(jsonb, text) is
  'The number of a numeric answer: a JSON number, or a text of digits with a decimal point, the question''s unit behind it or not; else null.';

create function learning.answer_fault(question jsonb, answer jsonb) returns text
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  kind constant text := jsonb_typeof(answer);
  sides text[];
begin
  -- numbers can be long when written out, and a small document can hold them
  if length(answer::text) > 100000 then
    return 'is too large';
  end if;
  case question ->> 'type'
    when 'single_choice' then
      return case when kind <> 'string' or not answer #>> '{}' = any (catalog.quiz_ids(question -> 'options'))
        then 'must be the id of one option' end;
    when 'true_false' then
      return case when kind <> 'boolean' then 'must be true or false' end;
    when 'numeric' then
      return case when kind not in ('number', 'string') or learning.number_in(answer, coalesce(question ->> 'unit', '')) is null
        then 'must be a number' end;
    when 'multiple_choice', 'ordering' then
      sides := catalog.quiz_ids(question -> case question ->> 'type' when 'ordering' then 'items' else 'options' end);
      return case when kind <> 'array' or cardinality(catalog.quiz_texts(answer)) <> jsonb_array_length(answer)
          or not catalog.quiz_texts(answer) <@ sides
          or (select count(distinct t) from unnest(catalog.quiz_texts(answer)) t) <> jsonb_array_length(answer)
        then 'must be a list of different ids of the question' end;
    when 'matching' then
      return case when kind <> 'object' then 'must be an object' when exists (
          select from jsonb_each(answer) a
           where not a.key = any (catalog.quiz_ids(question -> 'left')) or jsonb_typeof(a.value) <> 'string'
              or not a.value #>> '{}' = any (catalog.quiz_ids(question -> 'right')))
        then 'must give left ids a right id each' end;
    when 'fill_in' then
      return case when kind <> 'object' then 'must be an object' when exists (
          select from jsonb_each(answer) a
           where not question -> 'answer' ? a.key or jsonb_typeof(a.value) <> 'string' or length(a.value #>> '{}') > 2000)
        then 'must give gaps a text of at most 2000 characters each' end;
    when 'short_text' then
      return case when kind <> 'string' or length(answer #>> '{}') > 2000 then 'must be a text of at most 2000 characters' end;
    when 'essay' then
      return case when kind <> 'string' or length(answer #>> '{}') > 20000 then 'must be a text of at most 20000 characters' end;
    else
      return 'belongs to a question of an unknown type';
  end case;
end
$$;
comment on function learning.answer_fault(jsonb, jsonb) is
  'Why an answer cannot be one to this question (wrong JSON type, unknown ids, too large), or null. Parts may be missing.';

create function learning.answer_share(question jsonb, answer jsonb, out share numeric, out parts jsonb)
  language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  key constant jsonb := question -> 'answer';
  cased constant boolean := coalesce(question -> 'case_sensitive' = 'true', false);
begin
  case question ->> 'type'
    when 'single_choice', 'true_false' then
      share := (answer = key)::int;
    when 'numeric' then
      share := (abs(learning.number_in(answer, coalesce(question ->> 'unit', '')) - key::numeric)
        <= coalesce((question ->> 'tolerance')::numeric, 0))::int;
    when 'short_text' then
      share := exists (select from jsonb_array_elements_text(key) k
                        where learning.plain_text(k, cased) = learning.plain_text(answer #>> '{}', cased))::int;
    when 'multiple_choice' then
      select coalesce(sum(case when key @> c then 1 else -1 end), 0)::numeric / jsonb_array_length(key),
             jsonb_object_agg(c #>> '{}', key @> c) into share, parts
        from jsonb_array_elements(answer) c;
    when 'matching' then
      select avg((answer ->> k.key is not distinct from k.value)::int), jsonb_object_agg(k.key, answer ->> k.key is not distinct from k.value)
        into share, parts from jsonb_each_text(key) k;
    when 'fill_in' then
      select avg(g.fits::int), jsonb_object_agg(g.key, g.fits) into share, parts
        from (select k.key, exists (select from jsonb_array_elements_text(k.value) t
                 where learning.plain_text(t, cased) = learning.plain_text(answer ->> k.key, cased)) as fits from jsonb_each(key) k) g;
    when 'ordering' then
      with places as (
        select k.n as place, a.n as given, k.item
          from jsonb_array_elements_text(key) with ordinality k (item, n)
          left join jsonb_array_elements_text(answer) with ordinality a (item, n) using (item))
      select greatest(0, avg(case when x.given < y.given then 1 else -1 end)) into share
        from places x join places y on x.place < y.place;
      select jsonb_object_agg(a.item, key ->> (a.n - 1)::int = a.item) into parts
        from jsonb_array_elements_text(answer) with ordinality a (item, n);
  end case;
end
$$;
comment on function learning.answer_share(jsonb, jsonb) is
  'Which share of a question a well-formed answer gets right, at most 1, and which of its parts: multiple_choice (right - wrong) / right ones, matching and fill_in right parts / parts, ordering (pairs in order - pairs not in order) / pairs, at least 0; the others 0 or 1.';
