-- Autosave: one answer at a time, each with its own revision, on a locked row.
create function learning.own_attempt(attempt_id uuid) returns learning.attempts
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  attempt learning.attempts;
begin
  select a.* into attempt
    from learning.attempts a
    join learning.attempt_slots s on s.student_id = a.student_id and s.started_at = a.started_at and s.attempt_id = a.id
   where s.attempt_id = own_attempt.attempt_id and s.student_id = student and a.student_id = student
     for update of a;
  if not found then
    raise exception 'There is no attempt % of yours.', attempt_id using errcode = 'TC331',
      hint = 'Start one.', schema = 'learning', table = 'attempts';
  end if;
  return attempt;
end
$$;
comment on function learning.own_attempt(uuid) is
  'The acting student''s attempt, its row locked, whatever its state. Error: TC331 no such attempt.';

create function learning.save_answer(attempt_id uuid, question_id text, answer jsonb, revision integer)
  returns table (saved boolean, stored_revision integer, stored_answer jsonb, stored_at timestamptz)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  attempt learning.attempts;
  question jsonb;
  fault text;
begin
  attempt := learning.own_attempt(attempt_id);
  answer := nullif(answer, 'null');
  stored_revision := coalesce((attempt.answer_revisions ->> question_id)::integer, 0);
  stored_answer := attempt.answers -> question_id;
  stored_at := attempt.saved_at;
  -- the same saving once more, because its answer was lost on the way
  saved := stored_revision = revision + 1 and stored_answer is not distinct from answer;
  if saved then
    return next;
    return;
  end if;
  if attempt.status <> 'in_progress' then
    raise exception 'The attempt % is handed in; its answers stay as they are.', attempt_id using errcode = 'TC311',
      hint = 'Start a new attempt if the quiz allows one.', schema = 'learning', table = 'attempts';
  end if;
  if clock_timestamp() > coalesce(attempt.accepts_until, attempt.deadline_at) then
    raise exception 'The time for the attempt % is up.', attempt_id using errcode = 'TC332',
      hint = 'It is handed in as it was saved.', schema = 'learning', table = 'attempts';
  end if;
  select q.question into question
    from catalog.quiz_versions v, jsonb_array_elements(v.metadata -> 'questions') q (question)
   where v.quiz_id = attempt.quiz_id and v.version = attempt.quiz_version and q.question ->> 'id' = question_id
     and (attempt.paper is null or attempt.paper ? question_id);
  if not found then
    raise exception 'This attempt does not ask "%".', left(question_id, 40) using errcode = 'TC333',
      hint = 'Answer a question of its paper.', schema = 'learning', table = 'attempts';
  end if;
  fault := case when answer is not null then learning.answer_fault(question, answer) end;
  if fault is not null then
    raise exception 'The answer to "%" %.', question_id, fault using errcode = 'TC334',
      hint = 'Send it in the shape of the question''s type.', schema = 'learning', table = 'attempts';
  end if;
  if stored_revision = revision then
    saved := true;
    stored_revision := revision + 1;
    stored_answer := answer;
    stored_at := clock_timestamp();
    update learning.attempts a
       set answers = case when answer is null then a.answers - question_id else jsonb_set(a.answers, array[question_id], answer) end,
           answer_revisions = jsonb_set(a.answer_revisions, array[question_id], to_jsonb(stored_revision)),
           revision = a.revision + 1, saved_at = stored_at
     where a.student_id = attempt.student_id and a.started_at = attempt.started_at and a.id = attempt.id;
  end if;
  return next;
end
$$;
comment on function learning.save_answer(uuid, text, jsonb, integer) is
  'Saves one answer over the revision that the caller has seen, 0 at first; a repetition changes nothing. Not saved when the revision is another one: then what is stored comes back. Null takes an answer back. Errors: TC331 no such attempt, TC311 handed in, TC332 time is up, TC333 not asked, TC334 not an answer to it.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['learning.take_attempt(uuid)', 'learning.submit_attempt(uuid)', 'learning.hand_in_overdue(integer)',
    'learning.save_answer(uuid,text,jsonb,integer)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
  foreach target in array array['learning.hand_in(uuid,timestamptz,uuid,timestamptz)', 'learning.own_attempt(uuid)',
    'learning.draw_paper(jsonb,uuid)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_loader', target);
  end loop;
end
$$;
