-- Results of a quiz for those who teach it.
create or replace function learning.quiz_results(quiz uuid, wanted_status text, wanted_passed boolean, wanted_version integer,
    before_at timestamptz, before_id uuid, most integer)
  returns table (attempt_id uuid, student_id uuid, student_name text, attempt_no integer, quiz_version integer, status text,
    started_at timestamptz, submitted_at timestamptz, late boolean, score numeric, passing_score numeric, passed boolean, graded_at timestamptz)
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  select a.id, a.student_id, a.student_name, a.attempt_no, a.quiz_version, a.status, a.started_at, a.submitted_at, a.late,
         a.score, a.passing_score, a.passed, a.graded_at
    from learning.course_attempts a
   where a.quiz_id = quiz
     and (wanted_status is null or a.status = wanted_status) and (wanted_passed is null or a.status = 'graded' and a.passed = wanted_passed)
     and (wanted_version is null or a.quiz_version = wanted_version)
     and (before_at is null or (a.started_at, a.id) < (before_at, before_id))
   order by a.started_at desc, a.id desc
   limit most;
end;
comment on function learning.quiz_results(uuid, text, boolean, integer, timestamptz, uuid, integer) is
  'Attempts at a quiz that the acting person teaches, latest first, from behind a given one on; no row for anybody else.';
call platform.give_function('learning.quiz_results(uuid,text,boolean,integer,timestamptz,uuid,integer)', 'techcourse_reader');
grant execute on function learning.quiz_results(uuid, text, boolean, integer, timestamptz, uuid, integer) to techcourse_app;

create or replace function learning.teaches_quiz(quiz uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp
  return coalesce((select catalog.may_edit(q.course_id) from catalog.quizzes q where q.id = quiz), false);
comment on function learning.teaches_quiz(uuid) is 'Whether the acting person teaches the course of a quiz, which is there.';
call platform.give_function('learning.teaches_quiz(uuid)', 'techcourse_reader');
grant execute on function learning.teaches_quiz(uuid) to techcourse_app;

create or replace function learning.regrades_of(quiz uuid)
  returns table (id uuid, question_id text, question jsonb, reason text, requested_by uuid, attempts_total integer,
    attempts_seen integer, attempts_changed integer, created_at timestamptz, finished_at timestamptz, now_passed bigint, no_longer_passed bigint, certificates_kept bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select r.id, r.question_id, r.question, r.reason, r.requested_by, coalesce(n.attempts_total, r.attempts_seen),
         coalesce(n.attempts_seen, r.attempts_seen), coalesce(n.attempts_changed, r.attempts_changed), r.created_at,
         case when n.regrade_id is null then r.created_at else n.finished_at end,
         count(*) filter (where a.passed_after and not a.passed_before), count(*) filter (where a.passed_before and not a.passed_after),
         count(*) filter (where a.certificate_kept)
    from learning.regrades r
    left join learning.regrade_runs n on n.regrade_id = r.id
    left join learning.attempt_regrades a on a.regrade_id = r.id
   where r.quiz_id = quiz and (select catalog.may_edit(q.course_id) from catalog.quizzes q where q.id = quiz)
   group by r.id, n.regrade_id
   order by r.id desc;
end;
comment on function learning.regrades_of(uuid) is
  'Corrections of a quiz that the acting person teaches, latest first, how far each is and what it changed; finished_at is null while attempts remain.';
call platform.give_function('learning.regrades_of(uuid)', 'techcourse_reader');
grant execute on function learning.regrades_of(uuid) to techcourse_app;
