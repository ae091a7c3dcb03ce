-- What a student learns of an attempt that is handed in; keys only when the quiz allows it.
create or replace function learning.answers_are_shown(document jsonb, status text, passed boolean, attempt_no integer) returns boolean
  language sql stable parallel safe set search_path = pg_catalog, pg_temp
  return coalesce(status <> 'in_progress' and case document ->> 'show_answers'
    when 'after_submission' then true
    when 'after_grading' then status = 'graded'
    when 'after_passing' then passed
    when 'after_last_attempt' then passed or attempt_no >= (document ->> 'max_attempts')::integer
    when 'after_closing' then clock_timestamp() >= (document ->> 'available_until')::timestamptz
    else false end, false);
comment on function learning.answers_are_shown(jsonb, text, boolean, integer) is
  'Whether a quiz lets a student see keys and feedback of an attempt: show_answers is after_submission, after_grading, after_passing, after_last_attempt, after_closing or, where absent, never.';
grant execute on function learning.answers_are_shown(jsonb, text, boolean, integer) to techcourse_reader;

create or replace function learning.attempt_result(attempt_id uuid) returns jsonb
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  with attempt as (
    select a.*, v.metadata, learning.paper_of(learning.key_document(a.quiz_id, a.quiz_version), a.paper) as document,
           learning.answers_are_shown(v.metadata, a.status, a.passed, a.attempt_no) as shown
      from learning.attempts a
      join learning.attempt_slots s on s.student_id = a.student_id and s.started_at = a.started_at and s.attempt_id = a.id
      join catalog.quiz_versions v on v.quiz_id = a.quiz_id and v.version = a.quiz_version
     where s.attempt_id = attempt_result.attempt_id and a.student_id = nullif(current_setting('app.user_id', true), '')::uuid
       and a.status <> 'in_progress'
  )
  select jsonb_strip_nulls(jsonb_build_object(
           'id', a.id, 'quiz_id', a.quiz_id, 'title', a.metadata -> 'title', 'attempt_no', a.attempt_no, 'status', a.status,
           'submitted_at', a.submitted_at, 'late', a.late, 'graded_at', a.graded_at, 'score', a.score,
           'passing_score', a.passing_score, 'passed', a.passed, 'answers_shown', a.shown))
         || jsonb_build_object('questions', (
              select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                       'id', q.question -> 'id', 'type', q.question -> 'type', 'text', q.question -> 'text',
                       'points', q.question -> 'points', 'earned', a.item_points -> (q.question ->> 'id'),
                       'answer', a.answers -> (q.question ->> 'id'), 'comment', case when a.status = 'graded' then nullif(m.comment, '') end,
                       'key', case when a.shown then q.question -> 'answer' end,
                       'feedback', case when a.shown then nullif(concat_ws(E'\n\n', q.question ->> 'feedback', q.question ->>
                         case when jsonb_typeof(a.item_points -> (q.question ->> 'id')) = 'number' then
                           case when a.item_points -> (q.question ->> 'id') = q.question -> 'points' then 'feedback_correct'
                             else 'feedback_incorrect' end end), '') end,
                       'option_feedback', case when a.shown then (
                         select jsonb_object_agg(o ->> 'id', o -> 'feedback') from jsonb_array_elements(q.question -> 'options') o
                          where o ? 'feedback') end,
                       'parts', case when a.shown then (learning.grade_answer(q.question, a.answers -> (q.question ->> 'id'))).parts end))
                       order by q.n)
                from jsonb_array_elements(a.document -> 'questions') with ordinality q (question, n)
                left join learning.manual_grades m on m.student_id = a.student_id and m.attempt_started_at = a.started_at
                     and m.attempt_id = a.id and m.question_id = q.question ->> 'id'))
    from attempt a;
end;
comment on function learning.attempt_result(uuid) is
  'Score and points by question of an attempt that the acting student has handed in; keys, feedback and right parts only where the quiz shows them by now. Null for an open attempt and for anybody else''s.';
call platform.give_function('learning.attempt_result(uuid)', 'techcourse_reader');
grant execute on function learning.attempt_result(uuid) to techcourse_app;
