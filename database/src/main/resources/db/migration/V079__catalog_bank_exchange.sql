-- From the bank into quizzes, and from files into the bank. All with the caller's own rights.
create function catalog.question_from_bank(bank catalog.bank_questions, question_id text) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return bank.question || jsonb_build_object('id', question_id, 'bank_question_id', bank.id, 'bank_version', bank.version);
comment on function catalog.question_from_bank(catalog.bank_questions, text) is
  'A question of the bank as a quiz holds it: under an id of its own, with origin and version.';

create function catalog.with_bank_questions(document jsonb, ids uuid[]) returns jsonb
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  added jsonb;
begin
  select jsonb_agg(catalog.question_from_bank(b, 'bank-' || replace(b.id::text, '-', '')) order by i.n) into added
    from unnest(ids) with ordinality i (id, n)
    join catalog.bank_questions b on b.id = i.id and b.archived_at is null;
  if coalesce(jsonb_array_length(added), 0) <> cardinality(ids) then
    raise exception 'A question is not in your bank.' using errcode = 'TC242',
      hint = 'Name questions of your own bank that are not archived.', schema = 'catalog', table = 'bank_questions', column = 'bank_question_ids';
  end if;
  return jsonb_set(document, '{questions}', document -> 'questions' || added);
end
$$;
comment on function catalog.with_bank_questions(jsonb, uuid[]) is
  'A quiz document with questions of the acting instructor''s bank at its end. Error: TC242 a question is not in it.';

create function catalog.with_newest_bank_question(document jsonb, bank catalog.bank_questions) returns jsonb
  language sql stable set search_path = pg_catalog, pg_temp
  return jsonb_set(document, '{questions}', (
    select jsonb_agg(case when q.question ->> 'bank_question_id' = bank.id::text
                       then catalog.question_from_bank(bank, q.question ->> 'id') else q.question end order by q.n)
      from jsonb_array_elements(document -> 'questions') with ordinality q (question, n)));
comment on function catalog.with_newest_bank_question(jsonb, catalog.bank_questions) is
  'A quiz document whose copies of a question of the bank are its newest version, under the same ids.';

create function catalog.import_bank_questions(items jsonb, dry_run boolean)
  returns table (n integer, bank_question_id uuid, outcome text, faults jsonb)
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  owner_id constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  item record;
  fingerprint text;
  seen text[] := '{}';
begin
  for item in select i.position as n, i.question, i.tags
                from jsonb_to_recordset(items) i (position integer, question jsonb, tags text[]) order by i.position loop
    n := item.n;
    bank_question_id := null;
    faults := catalog.listed_faults(array(select row(f.pointer, f.fault)::catalog.document_fault
                                            from catalog.bank_question_faults(item.question, '') f limit 20));
    fingerprint := encode(sha256(convert_to(item.question::text, 'UTF8')), 'hex');
    if faults is not null or pg_column_size(item.question) > 131072 then
      outcome := 'refused';
      faults := coalesce(faults, '[{"pointer": "", "detail": "must have at most 128 KiB"}]');
    else
      if not dry_run then
        insert into catalog.bank_questions (instructor_id, question, tags, imported_as)
        values (owner_id, item.question, item.tags, fingerprint)
        on conflict on constraint bank_questions_instructor_id_imported_as_key do nothing
        returning id into bank_question_id;
      end if;
      outcome := 'added';
      if bank_question_id is null then
        select b.id into bank_question_id from catalog.bank_questions b
         where b.instructor_id = owner_id and b.imported_as = fingerprint;
        outcome := case when bank_question_id is not null or fingerprint = any (seen) then 'already-there' else 'added' end;
      end if;
      seen := seen || fingerprint;
    end if;
    return next;
  end loop;
end
$$;
comment on function catalog.import_bank_questions(jsonb, boolean) is
  'Adds questions to the bank of the acting instructor: [{position, question, tags}]. Each is added, already-there (the same content was imported before) or refused with its faults, and never stops the others; a dry run only tells.';
grant execute on function catalog.question_from_bank(catalog.bank_questions, text), catalog.with_bank_questions(jsonb, uuid[]),
  catalog.with_newest_bank_question(jsonb, catalog.bank_questions), catalog.import_bank_questions(jsonb, boolean) to techcourse_app;
