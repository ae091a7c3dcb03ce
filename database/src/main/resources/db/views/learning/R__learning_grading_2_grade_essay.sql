-- A person's points for an essay. With the last of them the attempt is graded.
create or replace function learning.grade_essay(attempt_id uuid, question_id text, points numeric, comment text, seen_version integer)
  returns table (version integer, status text, score numeric)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  attempt learning.attempts := learning.taught_attempt(attempt_id);
  grader constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  document jsonb;
  question jsonb;
begin
  -- one grade after the other, and none while keys are corrected
  perform from catalog.quizzes q where q.id = attempt.quiz_id for key share;
  select a.* into attempt from learning.attempts a
   where a.student_id = attempt.student_id and a.started_at = attempt.started_at and a.id = attempt.id for update;
  document := learning.paper_of(learning.key_document(attempt.quiz_id, attempt.quiz_version), attempt.paper);
  select q into question from jsonb_array_elements(document -> 'questions') q
   where q ->> 'id' = question_id and q ->> 'type' = 'essay';
  if not found or attempt.status = 'in_progress' or attempt.status = 'graded' and attempt.item_points is null then
    raise exception 'There is nothing to grade by hand at "%" of the attempt %.', left(question_id, 40), attempt_id
      using errcode = 'TC338', hint = 'Grade essays of attempts that are handed in.', schema = 'learning', table = 'attempts';
  end if;
  if points > (question ->> 'points')::numeric then
    raise exception 'The question "%" gives at most % points.', question_id, question ->> 'points' using errcode = 'TC339',
      hint = 'Give fewer.', schema = 'learning', table = 'manual_grades', column = 'points';
  end if;
  if exists (select from learning.grading_claims c where c.student_id = attempt.student_id and c.attempt_started_at = attempt.started_at
      and c.attempt_id = attempt.id and c.claimed_by <> grader and c.claimed_until > clock_timestamp()) then
    raise exception 'Somebody else grades the attempt % right now.', attempt_id using errcode = 'TC337',
      hint = 'Take another one, or wait half an hour.', schema = 'learning', table = 'grading_claims';
  end if;
  insert into learning.manual_grades as g (student_id, attempt_started_at, attempt_id, question_id, points, comment, graded_by)
  select attempt.student_id, attempt.started_at, attempt.id, grade_essay.question_id, grade_essay.points,
         coalesce(grade_essay.comment, ''), grader
   where seen_version = 0 or exists (select from learning.manual_grades m where m.student_id = attempt.student_id
      and m.attempt_started_at = attempt.started_at and m.attempt_id = attempt.id and m.question_id = grade_essay.question_id)
  on conflict on constraint manual_grades_attempt_question_id_pkey do update
    set points = excluded.points, comment = excluded.comment, graded_by = excluded.graded_by, version = g.version + 1,
        graded_at = excluded.graded_at
    where g.version = seen_version
  returning g.version into grade_essay.version;
  if grade_essay.version is null then
    raise exception 'The grade of "%" has changed since you read it.', question_id using errcode = 'TC340',
      hint = 'Read it again.', schema = 'learning', table = 'manual_grades';
  end if;
  attempt.item_points := coalesce(attempt.item_points, (learning.grade_document(document, attempt.answers)).item_points)
    || jsonb_build_object(question_id, points);
  grade_essay.score := learning.score_of(document, attempt.item_points);
  grade_essay.status := case when grade_essay.score is null then 'submitted' else 'graded' end;
  update learning.attempts a
     set item_points = attempt.item_points, score = grade_essay.score, status = grade_essay.status,
         graded_at = case when grade_essay.score is not null then clock_timestamp() end
   where a.student_id = attempt.student_id and a.started_at = attempt.started_at and a.id = attempt.id;
  if grade_essay.score is not null then
    delete from learning.grading_claims c
     where c.student_id = attempt.student_id and c.attempt_started_at = attempt.started_at and c.attempt_id = attempt.id;
  end if;
  return next;
end
$$;
comment on function learning.grade_essay(uuid, text, numeric, text, integer) is
  'Gives points for an essay over the version of the grade that was seen, 0 at first; the attempt is graded with its last essay. Errors: TC335, TC336, TC337 somebody else grades it, TC338 nothing to grade by hand, TC339 too many points, TC340 stale version.';
call platform.give_function('learning.grade_essay(uuid,text,numeric,text,integer)', 'techcourse_loader');
grant execute on function learning.grade_essay(uuid, text, numeric, text, integer) to techcourse_app;
