-- The way from the id of an attempt, which is in addresses, to its row, for those who teach its course.
create or replace function learning.taught_attempt(attempt_id uuid) returns learning.attempts
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  attempt learning.attempts;
begin
  select a.* into attempt
    from learning.attempts a
    join learning.attempt_slots s on s.student_id = a.student_id and s.started_at = a.started_at and s.attempt_id = a.id
   where s.attempt_id = taught_attempt.attempt_id;
  if not found or not catalog.may_edit(attempt.course_id) then
    raise exception 'There is no attempt % at a quiz of yours.', attempt_id using errcode = 'TC335',
      hint = 'Look at the grading queue.', schema = 'learning', table = 'attempts';
  end if;
  if attempt.student_id = nullif(current_setting('app.user_id', true), '')::uuid then
    raise exception 'The attempt % is your own.', attempt_id using errcode = 'TC336',
      hint = 'Somebody else grades it.', schema = 'learning', table = 'attempts';
  end if;
  return attempt;
end
$$;
comment on function learning.taught_attempt(uuid) is
  'An attempt at a quiz that the acting person teaches. Errors: TC335 no such attempt, TC336 one''s own.';
grant execute on function learning.taught_attempt(uuid) to techcourse_reader, techcourse_loader;

create or replace function learning.claim_grading(attempt_id uuid) returns timestamptz
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  attempt constant learning.attempts := learning.taught_attempt(attempt_id);
  claim timestamptz;
begin
  insert into learning.grading_claims as c (student_id, attempt_started_at, attempt_id, claimed_by, claimed_until)
  values (attempt.student_id, attempt.started_at, attempt.id, nullif(current_setting('app.user_id', true), '')::uuid,
          clock_timestamp() + interval '30 minutes')
  on conflict on constraint grading_claims_attempt_pkey do update
    set claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
    where c.claimed_by = excluded.claimed_by or c.claimed_until < excluded.claimed_until - interval '30 minutes'
  returning claimed_until into claim;
  if claim is null then
    raise exception 'Somebody else grades the attempt % right now.', attempt_id using errcode = 'TC337',
      hint = 'Take another one, or wait half an hour.', schema = 'learning', table = 'grading_claims';
  end if;
  return claim;
end
$$;
comment on function learning.claim_grading(uuid) is
  'Takes an attempt for the acting grader, or keeps it, for half an hour, and says until when. Error: TC337 somebody else has it.';
call platform.give_function('learning.claim_grading(uuid)', 'techcourse_loader');
grant execute on function learning.claim_grading(uuid) to techcourse_app;
