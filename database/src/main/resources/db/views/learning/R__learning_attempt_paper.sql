-- The paper of an attempt as its student sees it. What is shown of a question is listed, not what is hidden: a member
-- that a later version of the document brings stays unseen until somebody decides about it here.
create or replace function learning.shuffled(entries jsonb, seed text) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return (select jsonb_agg(jsonb_build_object('id', e.entry -> 'id', 'text', e.entry -> 'text')
                           order by case when seed is not null then md5(seed || (e.entry ->> 'id')) end, e.n)
            from jsonb_array_elements(entries) with ordinality e (entry, n));
comment on function learning.shuffled(jsonb, text) is
  'Options with id and text alone, in an order that the seed decides; in their own where it is null.';

create or replace function learning.question_shown(question jsonb, seed text, shuffle boolean) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return jsonb_strip_nulls(jsonb_build_object(
    'id', question -> 'id', 'type', question -> 'type', 'text', question -> 'text', 'points', question -> 'points',
    'partial_credit', question -> 'partial_credit', 'penalty', question -> 'penalty', 'unit', question -> 'unit',
    'options', learning.shuffled(question -> 'options', case when shuffle then seed end),
    'left', learning.shuffled(question -> 'left', case when shuffle then seed || 'left' end),
    -- their own order would be the answer
    'right', learning.shuffled(question -> 'right', seed || 'right'),
    'items', learning.shuffled(question -> 'items', seed)));
comment on function learning.question_shown(jsonb, text, boolean) is
  'What a student sees of a question: no key, tolerance, feedback or rubric; its parts in the order of the seed.';
grant execute on function learning.shuffled(jsonb, text), learning.question_shown(jsonb, text, boolean) to techcourse_reader;

create or replace function learning.attempt_paper(attempt_id uuid) returns jsonb
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  select jsonb_strip_nulls(jsonb_build_object(
           'id', a.id, 'quiz_id', a.quiz_id, 'course_id', a.course_id, 'title', v.metadata -> 'title', 'attempt_no', a.attempt_no,
           'status', a.status, 'passing_score', a.passing_score, 'started_at', a.started_at, 'deadline_at', a.deadline_at,
           'accepts_until', coalesce(a.accepts_until, a.deadline_at), 'submitted_at', a.submitted_at, 'late', a.late,
           'revision', a.revision,
           'remaining_seconds', case when a.status = 'in_progress' and a.deadline_at is not null
             then greatest(0, floor(extract(epoch from a.deadline_at - clock_timestamp()))) end))
         -- beside the others, because a null in an answer would be the student's
         || jsonb_build_object('questions', (
              select jsonb_agg(learning.question_shown(q.question, a.id || '/' || (q.question ->> 'id') || '/',
                       v.metadata -> 'shuffle_options' = 'true') order by q.n)
                from jsonb_array_elements(learning.paper_of(v.metadata, a.paper) -> 'questions') with ordinality q (question, n)),
            'answers', (
              select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('question_id', r.id, 'answer', a.answers -> r.id,
                       'revision', coalesce(a.answer_revisions -> r.id, '0'))) order by r.id), '[]')
                from (select jsonb_object_keys(a.answers || a.answer_revisions) as id) r))
    from learning.attempts a
    join learning.attempt_slots s on s.student_id = a.student_id and s.started_at = a.started_at and s.attempt_id = a.id
    join catalog.quiz_versions v on v.quiz_id = a.quiz_id and v.version = a.quiz_version
   where s.attempt_id = attempt_paper.attempt_id and a.student_id = nullif(current_setting('app.user_id', true), '')::uuid;
end;
comment on function learning.attempt_paper(uuid) is
  'An attempt of the acting student: its questions in its own order and without keys, what is saved with the revision of each answer, and the seconds left by the database''s clock; null for anybody else''s.';
call platform.give_function('learning.attempt_paper(uuid)', 'techcourse_reader');
grant execute on function learning.attempt_paper(uuid) to techcourse_app;
