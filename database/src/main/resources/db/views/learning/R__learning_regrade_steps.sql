-- Doing it: the correction counts at once, the attempts follow batch by batch.
create or replace function learning.begin_regrade(quiz uuid, corrected jsonb, reason text) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  made uuid;
begin
  perform learning.check_correction(quiz, corrected);
  -- hand-ins hold the quiz for a moment: those that have begun end first, those that come find the new key
  perform from catalog.quizzes q where q.id = quiz for update;
  -- now, because the latest correction of a question counts, and others may have waited here too
  made := platform.uuid_v7();
  insert into learning.regrades (id, quiz_id, question_id, question, reason, requested_by)
  values (made, quiz, corrected ->> 'id', corrected, btrim(reason), nullif(current_setting('app.user_id', true), '')::uuid);
  insert into learning.regrade_runs (regrade_id, quiz_id, attempts_total)
  select made, quiz, count(*) from learning.attempts a where a.quiz_id = quiz and a.status <> 'in_progress';
  insert into learning.key_corrections (quiz_id, version, question_id, regrade_id)
  select v.quiz_id, v.version, corrected ->> 'id', made from catalog.quiz_versions v
   where v.quiz_id = quiz and exists (
     select from jsonb_array_elements(v.metadata -> 'questions') q
      where q ->> 'id' = corrected ->> 'id' and learning.same_parts(q, corrected));
  return made;
end
$$;
comment on function learning.begin_regrade(uuid, jsonb, text) is
  'Keeps a corrected question: it counts for all who hand in from now on. Attempts from before follow by learning.regrade_step. Errors: TC341, TC342, and one correction of the quiz is still under way.';
call platform.give_function('learning.begin_regrade(uuid,jsonb,text)', 'techcourse_loader');
grant execute on function learning.begin_regrade(uuid, jsonb, text) to techcourse_app;

create or replace function learning.regrade_step(regrade uuid, most integer) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  run learning.regrade_runs;
  corrected jsonb;
  until_at timestamptz;
  until_id uuid;
  found_count bigint;
begin
  select r.* into run from learning.regrade_runs r where r.regrade_id = regrade for update;
  if run.regrade_id is null or run.finished_at is not null then
    return true;
  end if;
  run.last_started_at := coalesce(run.last_started_at, '-infinity');
  run.last_attempt_id := coalesce(run.last_attempt_id, '00000000-0000-0000-0000-000000000000');
  corrected := (select r.question from learning.regrades r where r.id = regrade);
  select count(*), (array_agg(b.started_at order by b.started_at desc, b.id desc))[1], (array_agg(b.id order by b.started_at desc, b.id desc))[1]
    into found_count, until_at, until_id
    from (select a.started_at, a.id from learning.attempts a
           where a.quiz_id = run.quiz_id and a.started_at >= run.last_started_at
             and (a.started_at, a.id) > (run.last_started_at, run.last_attempt_id)
           order by a.started_at, a.id limit most) b;
  if found_count > 0 then
    -- graders and settlers of these wait, and those who came first are seen below
    perform from learning.attempts a
     where a.quiz_id = run.quiz_id and a.status <> 'in_progress' and a.started_at between run.last_started_at and until_at
       and (a.started_at, a.id) > (run.last_started_at, run.last_attempt_id) and (a.started_at, a.id) <= (until_at, until_id)
     order by a.student_id, a.started_at, a.id for update;
    with effect as materialized (
      select * from learning.regrade_effects(run.quiz_id, corrected, run.last_started_at, run.last_attempt_id, until_at, until_id)
    ), changed as materialized (
      select e.* from effect e where (e.points_before, e.score_before) is distinct from (e.points_after, e.score_after)
    ), kept as (
      insert into learning.attempt_regrades (student_id, regrade_id, attempt_started_at, attempt_id, points_before, points_after,
                                             score_before, score_after, passed_before, passed_after, certificate_kept)
      select c.student_id, regrade, c.started_at, c.attempt_id, c.points_before, c.points_after, c.score_before, c.score_after,
             c.passed_before, c.passed_after, c.certificate_kept from changed c
    ), graded as (
      update learning.attempts a
         set item_points = c.new_points, score = c.score_after,
             graded_at = case when c.score_after is not null then now() end
        from changed c
       where a.student_id = c.student_id and a.started_at = c.started_at and a.id = c.attempt_id
    )
    update learning.regrade_runs r
       set last_started_at = until_at, last_attempt_id = until_id,
           attempts_seen = r.attempts_seen + (select count(*) from effect),
           attempts_changed = r.attempts_changed + (select count(*) from changed)
     where r.regrade_id = regrade;
  end if;
  if found_count < most then
    update learning.regrade_runs r set finished_at = clock_timestamp() where r.regrade_id = regrade;
  end if;
  return found_count < most;
end
$$;
comment on function learning.regrade_step(uuid, integer) is
  'Grades the next so many attempts again and keeps what changed, in one transaction with how far it is, so that a batch counts once whoever repeats it. True when none remain. A certificate whose pass is lost stays good and is marked so: a person decides.';
call platform.give_function('learning.regrade_step(uuid,integer)', 'techcourse_loader');
grant execute on function learning.regrade_step(uuid, integer) to techcourse_app;

create or replace function learning.regrade_changes(regrade uuid, most integer)
  returns table (student_id uuid, student_name text, attempt_id uuid, quiz_version integer, attempt_no integer, points_before numeric,
    points_after numeric, score_before numeric, score_after numeric, passed_before boolean, passed_after boolean, certificate_kept boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select c.student_id, u.display_name, c.attempt_id, a.quiz_version, a.attempt_no, c.points_before, c.points_after, c.score_before,
         c.score_after, c.passed_before, c.passed_after, c.certificate_kept
    from learning.attempt_regrades c
    join learning.attempts a on a.student_id = c.student_id and a.started_at = c.attempt_started_at and a.id = c.attempt_id
    join identity.users u on u.id = c.student_id
   where c.regrade_id = regrade and (
     select catalog.may_edit(q.course_id) from learning.regrades r join catalog.quizzes q on q.id = r.quiz_id where r.id = regrade)
   order by c.passed_before and not c.passed_after desc, c.student_id, a.attempt_no
   limit most;
end;
comment on function learning.regrade_changes(uuid, integer) is
  'What a correction has changed so far, who loses a pass first; no row for anybody who does not teach the quiz.';
call platform.give_function('learning.regrade_changes(uuid,integer)', 'techcourse_reader');
grant execute on function learning.regrade_changes(uuid, integer) to techcourse_app;
