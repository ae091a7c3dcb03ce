-- What a student may do with a quiz without ever seeing its keys.
create function catalog.quiz_without_keys(document jsonb) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
  return jsonb_set(document, '{questions}', (
    select jsonb_agg((q.question - array['answer', 'tolerance', 'feedback', 'rubric', 'case_sensitive'])
                     -- the order of the items would be the answer
                     || case when q.question ? 'items' then jsonb_build_object('items', (
                          select jsonb_agg(i.item order by md5(i.item::text)) from jsonb_array_elements(q.question -> 'items') i (item)))
                        else '{}' end
                     order by q.n)
      from jsonb_array_elements(document -> 'questions') with ordinality q (question, n)));
comment on function catalog.quiz_without_keys(jsonb) is
  'A quiz document as a student may see it: no answers, tolerances, feedback or rubrics; items to be ordered lie in an order of their own.';

create function learning.quiz_paper(quiz_id uuid) returns jsonb
  language sql stable security definer set search_path = pg_catalog, pg_temp
  return (select catalog.quiz_without_keys(q.metadata)
            from catalog.quizzes q
            join learning.enrollments e
              on e.course_id = q.course_id and e.ended_at is null
             and e.student_id = nullif(current_setting('app.user_id', true), '')::uuid
           where q.id = quiz_paper.quiz_id);
comment on function learning.quiz_paper(uuid) is
  'The questions of a quiz without keys, for the acting student who is enrolled in its course; else null.';

create function learning.start_attempt(quiz_id uuid) returns table (started_at timestamptz, attempt_id uuid, attempt_no integer)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  quiz record;
begin
  select q.id, q.course_id, q.instructor_id, v.version, v.passing_score, v.attempt_limit,
         (v.metadata ->> 'time_limit_seconds')::integer as time_limit
    into quiz
    from catalog.quizzes q
    join catalog.quiz_versions v on v.quiz_id = q.id and v.version = q.version
    join learning.enrollments e on e.course_id = q.course_id and e.student_id = student and e.ended_at is null
   where q.id = start_attempt.quiz_id;
  if not found then
    raise exception 'The quiz % is open only to students of its course.', start_attempt.quiz_id using errcode = 'TC310',
      hint = 'Enrol in the course first.', schema = 'learning', table = 'attempts';
  end if;
  start_attempt.started_at := clock_timestamp();
  start_attempt.attempt_id := platform.uuid_v7();
  select coalesce(max(s.attempt_no), 0) + 1 into start_attempt.attempt_no
    from learning.attempt_slots s where s.student_id = student and s.quiz_id = quiz.id;
  -- two tabs at once collide here, on the primary key of the slots; one attempt too many on its limit
  insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
  values (student, quiz.id, start_attempt.attempt_no, quiz.course_id, quiz.version, quiz.attempt_limit,
          start_attempt.started_at, start_attempt.attempt_id);
  insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no,
                                 passing_score, deadline_at)
  values (student, start_attempt.started_at, start_attempt.attempt_id, quiz.id, quiz.version, quiz.course_id,
          quiz.instructor_id, start_attempt.attempt_no, quiz.passing_score,
          start_attempt.started_at + make_interval(secs => quiz.time_limit));
  return next;
end
$$;
comment on function learning.start_attempt(uuid) is
  'Starts the next attempt of the acting student at a quiz. Errors: TC310 not enrolled; attempt_slots_attempt_no_within_limit_check when none is left; attempt_slots_student_id_quiz_id_attempt_no_pkey when another tab was faster.';

create function learning.read_lesson(lesson_id uuid) returns table (markdown text, video_url text, attachment_key text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
  select c.markdown, c.video_url, c.attachment_key
    from catalog.lesson_contents c
    join catalog.lessons l on l.id = c.lesson_id
   where c.lesson_id = read_lesson.lesson_id
     and l.course_status <> 'draft'
     and (l.preview or exists (
       select from learning.enrollments e
        where e.course_id = l.course_id and e.ended_at is null
          and e.student_id = nullif(current_setting('app.user_id', true), '')::uuid));
end;
comment on function learning.read_lesson(uuid) is
  'What a lesson teaches, for everyone when it is a free preview, else for the acting student who is enrolled; no row otherwise.';

grant execute on function learning.quiz_paper(uuid), learning.start_attempt(uuid), learning.read_lesson(uuid),
  catalog.quiz_without_keys(jsonb) to techcourse_app;
grant execute on function catalog.quiz_without_keys(jsonb) to techcourse_reader;
call platform.give_function('learning.quiz_paper(uuid)', 'techcourse_reader');
call platform.give_function('learning.read_lesson(uuid)', 'techcourse_reader');
call platform.give_function('learning.start_attempt(uuid)', 'techcourse_loader');
