-- Starting, saving and handing in: the only ways in which an attempt changes before it is graded.
create or replace function learning.start_attempt(quiz_id uuid) returns table (started_at timestamptz, attempt_id uuid, attempt_no integer)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  quiz record;
begin
  -- one start at a time for a student and a course, so that each counts what the one before has taken
  perform from learning.enrollments e
    join catalog.quizzes q on q.course_id = e.course_id and q.id = start_attempt.quiz_id
   where e.student_id = student and e.ended_at is null for no key update of e;
  select q.id, q.course_id, q.instructor_id, v.version, v.passing_score, v.attempt_limit, v.metadata,
         (v.metadata ->> 'time_limit_seconds')::integer as time_limit,
         (v.metadata ->> 'available_from')::timestamptz as available_from,
         (v.metadata ->> 'available_until')::timestamptz as available_until
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
  if start_attempt.started_at < quiz.available_from or start_attempt.started_at >= quiz.available_until then
    raise exception 'The quiz % is not open now.', start_attempt.quiz_id using errcode = 'TC330',
      hint = 'Come back while it is open.', schema = 'learning', table = 'attempts';
  end if;
  select coalesce(max(s.attempt_no), 0) + 1 into start_attempt.attempt_no
    from learning.attempt_slots s where s.student_id = student and s.quiz_id = quiz.id;
  insert into learning.attempt_slots (student_id, quiz_id, attempt_no, course_id, quiz_version, attempt_limit, started_at, attempt_id)
  values (student, quiz.id, start_attempt.attempt_no, quiz.course_id, quiz.version, quiz.attempt_limit,
          start_attempt.started_at, start_attempt.attempt_id);
  insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no,
                                 passing_score, paper, deadline_at, accepts_until)
  select student, start_attempt.started_at, start_attempt.attempt_id, quiz.id, quiz.version, quiz.course_id,
         quiz.instructor_id, start_attempt.attempt_no, quiz.passing_score,
         learning.draw_paper(quiz.metadata, start_attempt.attempt_id), d.deadline_at,
         d.deadline_at + make_interval(secs => coalesce((quiz.metadata ->> 'grace_seconds')::integer, 0))
    from (select least(start_attempt.started_at + make_interval(secs => quiz.time_limit), quiz.available_until) as deadline_at) d;
  return next;
end
$$;
comment on function learning.start_attempt(uuid) is
  'Starts the next attempt of the acting student at a quiz, and draws its paper. Errors: TC310 not enrolled; TC330 not open now; attempt_slots_attempt_no_within_limit_check when none is left.';

create function learning.draw_paper(document jsonb, seed uuid) returns jsonb
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
begin atomic
  -- the id of the attempt is its seed: the same paper each time, another one for everybody
  with lots as (
    select q.question ->> 'id' as id, q.n, md5(seed::text || '/draw/' || (q.question ->> 'id')) as lot,
           md5(seed::text || '/order/' || (q.question ->> 'id')) as place
      from jsonb_array_elements(document -> 'questions') with ordinality q (question, n)
  ), drawn as (
    select l.*, row_number() over (order by l.lot) as nth from lots l
  )
  select jsonb_agg(d.id order by case when document -> 'shuffle_questions' = 'true' then d.place end, d.n)
    from drawn d
   where d.nth <= coalesce((document ->> 'draw')::integer, 2147483647);
end;
comment on function learning.draw_paper(jsonb, uuid) is
  'The ids of the questions that an attempt asks, in its order: as many as the document draws, shuffled where it says so.';

create function learning.take_attempt(quiz_id uuid) returns table (attempt_id uuid, resumed boolean)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
  perform from learning.enrollments e
    join catalog.quizzes q on q.course_id = e.course_id and q.id = take_attempt.quiz_id
   where e.student_id = student for no key update of e;
  select a.id, true into take_attempt.attempt_id, take_attempt.resumed
    from learning.attempt_slots s
    join learning.attempts a on a.student_id = s.student_id and a.started_at = s.started_at and a.id = s.attempt_id
   where s.student_id = student and s.quiz_id = take_attempt.quiz_id and a.status = 'in_progress'
     and coalesce(a.accepts_until, a.deadline_at, 'infinity') > clock_timestamp()
   order by s.attempt_no desc limit 1;
  if not found then
    select s.attempt_id, false into take_attempt.attempt_id, take_attempt.resumed
      from learning.start_attempt(take_attempt.quiz_id) s;
  end if;
  return next;
end
$$;
comment on function learning.take_attempt(uuid) is
  'The attempt of the acting student that is still open, else a new one: a retry or a second tab starts nothing twice. Errors as learning.start_attempt().';

create function learning.hand_in(student uuid, started timestamptz, attempt uuid, at timestamptz) returns void
  language sql volatile set search_path = pg_catalog, pg_temp
begin atomic
  -- a correction of keys waits for hand-ins that have begun, and those that come wait for it
  select from catalog.quizzes q
   where q.id = (select a.quiz_id from learning.attempts a
                  where a.student_id = hand_in.student and a.started_at = hand_in.started and a.id = hand_in.attempt)
     for key share;
  update learning.attempts a
     set status = case when g.score is null then 'submitted' else 'graded' end,
         submitted_at = hand_in.at, item_points = g.item_points, score = g.score,
         graded_at = case when g.score is not null then clock_timestamp() end
    from (select k.student_id, k.started_at, k.id, d.item_points, d.score
            from learning.attempts k,
                 learning.grade_document(learning.paper_of(learning.key_document(k.quiz_id, k.quiz_version), k.paper), k.answers) d
           where k.student_id = hand_in.student and k.started_at = hand_in.started and k.id = hand_in.attempt) g
   where a.student_id = g.student_id and a.started_at = g.started_at and a.id = g.id and a.status = 'in_progress';
end;
comment on function learning.hand_in(uuid, timestamptz, uuid, timestamptz) is
  'Freezes an attempt as it was saved and grades what needs no person, in one step; for the functions of this room.';

create function learning.submit_attempt(attempt_id uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  attempt learning.attempts;
begin
  attempt := learning.own_attempt(attempt_id);
  if attempt.status = 'in_progress' then
    perform learning.hand_in(attempt.student_id, attempt.started_at, attempt.id, clock_timestamp());
  end if;
end
$$;
comment on function learning.submit_attempt(uuid) is
  'Hands in the acting student''s attempt as it was saved; a second time changes nothing. After the deadline it is late. Error: TC331 no such attempt.';

create function learning.hand_in_overdue(most integer) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  overdue record;
  handed_in integer := 0;
begin
  for overdue in
    select a.student_id, a.started_at, a.id, greatest(a.deadline_at, a.saved_at) as at from learning.attempts a
     where a.status = 'in_progress' and a.deadline_at < clock_timestamp()
       and coalesce(a.accepts_until, a.deadline_at) < clock_timestamp()
     order by a.student_id limit most
  loop
    perform from learning.attempts a
     where a.student_id = overdue.student_id and a.started_at = overdue.started_at and a.id = overdue.id
       and a.status = 'in_progress' for update skip locked;
    if found then
      perform learning.hand_in(overdue.student_id, overdue.started_at, overdue.id, overdue.at);
      handed_in := handed_in + 1;
    end if;
  end loop;
  return handed_in;
end
$$;
comment on function learning.hand_in_overdue(integer) is
  'Hands in attempts that were left open past deadline and grace, as they were saved: at the deadline, or at the last saving within the grace. Any node, any number at once.';
