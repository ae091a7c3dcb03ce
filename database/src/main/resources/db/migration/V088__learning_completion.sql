-- When a course is done, and when it is passed: said by the database, in the transaction of the last step.
create function learning.settle_certificate(student_id uuid, course_id uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  proof record;
  known record;
  next_number text;
begin
  -- the best attempt at the last quiz that was passed
  select a.started_at, a.id, a.score into proof
    from learning.attempts a join catalog.quizzes q on q.id = a.quiz_id
   where a.student_id = settle_certificate.student_id and a.course_id = settle_certificate.course_id and a.passed
   order by q.position desc, q.id desc, a.score desc, a.started_at limit 1;
  select c.number, c.attempt_id, c.score, c.revoked_at, c.revoked_by into known from learning.certificates c
   where c.student_id = settle_certificate.student_id and c.course_id = settle_certificate.course_id;
  if known.number is null then
    loop
      next_number := learning.new_certificate_number();
      insert into learning.certificate_numbers (number, student_id, course_id)
      values (next_number, settle_certificate.student_id, settle_certificate.course_id)
      on conflict on constraint certificate_numbers_number_pkey do nothing;
      exit when found;
    end loop;
    insert into learning.certificates (student_id, course_id, number, attempt_started_at, attempt_id, score)
    values (settle_certificate.student_id, settle_certificate.course_id, next_number, proof.started_at, proof.id, proof.score);
    insert into learning.events (student_id, kind, course_id, payload)
    values (settle_certificate.student_id, 'passed', settle_certificate.course_id,
            jsonb_build_object('certificate', next_number, 'score', proof.score));
  elsif known.revoked_by is null then
    -- a corrected key may have moved the proof, or given back what it took; what a person revoked stays revoked
    update learning.certificates c
       set attempt_started_at = proof.started_at, attempt_id = proof.id, score = proof.score, revoked_at = null, revoked_reason = null
     where c.student_id = settle_certificate.student_id and c.course_id = settle_certificate.course_id
       and (c.attempt_id <> proof.id or c.score <> proof.score or c.revoked_at is not null);
  end if;
end
$$;
comment on function learning.settle_certificate(uuid, uuid) is
  'Issues the certificate of a course that is passed, or lets it rest on the attempt that is now its best proof. For learning.settle_course() alone.';

create function learning.settle_course(student_id uuid, course_id uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  enrolment record;
  lessons_left integer;
  quizzes integer;
  quizzes_left integer;
  lessons integer;
begin
  -- whoever settles the same course of the same student waits, and then sees what this one did
  select e.completed_at, e.end_reason into enrolment from learning.enrollments e
   where e.student_id = settle_course.student_id and e.course_id = settle_course.course_id for no key update;
  if not found or enrolment.end_reason in ('refunded', 'removed') then
    return;
  end if;
  select count(*), count(*) filter (where not exists (
           select from learning.lesson_progress p
            where p.student_id = settle_course.student_id and p.lesson_id = l.id and p.completed_at is not null))
    into lessons, lessons_left from catalog.lessons l where l.course_id = settle_course.course_id;
  select count(*), count(*) filter (where not exists (
           select from learning.attempts a
            where a.student_id = settle_course.student_id and a.quiz_id = q.id and a.passed))
    into quizzes, quizzes_left from catalog.quizzes q where q.course_id = settle_course.course_id;
  if enrolment.completed_at is null and lessons + quizzes > 0 and lessons_left + quizzes_left = 0 then
    update learning.enrollments e set completed_at = clock_timestamp()
     where e.student_id = settle_course.student_id and e.course_id = settle_course.course_id;
    insert into learning.events (student_id, kind, course_id)
    values (settle_course.student_id, 'completed', settle_course.course_id);
  end if;
  -- what earns a certificate is passing every quiz, however the lessons were learned
  if quizzes > 0 and quizzes_left = 0 then
    perform learning.settle_certificate(settle_course.student_id, settle_course.course_id);
  else
    -- a certificate falls when the attempt under it does; one that a new lesson or quiz came after stays
    update learning.certificates c set revoked_at = clock_timestamp(), revoked_reason = 'The quiz was graded anew.'
     where c.student_id = settle_course.student_id and c.course_id = settle_course.course_id and c.revoked_at is null
       and not exists (select from learning.attempts a
                        where a.student_id = c.student_id and a.started_at = c.attempt_started_at and a.id = c.attempt_id and a.passed);
  end if;
end
$$;
comment on function learning.settle_course(uuid, uuid) is
  'After a lesson is done or an attempt graded, in the same transaction: completes the enrolment when every lesson is done and every quiz passed, which then stays; issues, moves or revokes the certificate.';

-- However a grade comes or changes, by the hand-in, a person or a corrected key, the course is settled with it. Who loads
-- rows in bulk signs in as the owner, and brings completions and certificates along.
create function learning.settle_after_grade() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform learning.settle_course(new.student_id, new.course_id);
  return null;
end
$$;
comment on function learning.settle_after_grade() is 'Trigger: settles the course of the same student when an attempt''s grade changes.';
create trigger attempts_settle after update on learning.attempts
  for each row when (session_user = 'techcourse_app' and old.score is distinct from new.score)
  execute function learning.settle_after_grade();

create function learning.record_progress(course_id uuid, lesson_id uuid, position_seconds integer, completed boolean)
  returns table (position_kept integer, lesson_completed_at timestamptz, course_completed_at timestamptz)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  student constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  done_before boolean;
begin
  -- held, so that two tabs that finish the last two lessons see each other
  perform from learning.enrollments e
    where e.student_id = student and e.course_id = record_progress.course_id and e.ended_at is null for no key update;
  if not found then
    raise exception 'The course % is not one that you take.', record_progress.course_id using errcode = 'TC351',
      hint = 'Enrol in the course first.', schema = 'learning', table = 'lesson_progress';
  end if;
  if not exists (select from catalog.lessons l where l.id = record_progress.lesson_id and l.course_id = record_progress.course_id) then
    return;
  end if;
  select p.completed_at is not null into done_before from learning.lesson_progress p
   where p.student_id = student and p.lesson_id = record_progress.lesson_id;
  -- the farthest position counts, so an older tab takes nothing back; what is done stays done
  insert into learning.lesson_progress as p (student_id, lesson_id, course_id, position_seconds, completed_at)
  values (student, record_progress.lesson_id, record_progress.course_id, record_progress.position_seconds, null)
  on conflict on constraint lesson_progress_student_id_lesson_id_pkey do update
    set position_seconds = greatest(p.position_seconds, excluded.position_seconds), last_seen_at = excluded.last_seen_at;
  perform learning.note_activity(student);
  if record_progress.completed and not coalesce(done_before, false) then
    update learning.lesson_progress p set completed_at = clock_timestamp()
     where p.student_id = student and p.lesson_id = record_progress.lesson_id and p.completed_at is null;
    insert into learning.events (student_id, kind, course_id, lesson_id)
    values (student, 'completed', record_progress.course_id, record_progress.lesson_id);
    perform learning.settle_course(student, record_progress.course_id);
  end if;
  return query
    select p.position_seconds, p.completed_at, e.completed_at
      from learning.lesson_progress p
      join learning.enrollments e on e.student_id = p.student_id and e.course_id = p.course_id
     where p.student_id = student and p.lesson_id = record_progress.lesson_id;
end
$$;
comment on function learning.record_progress(uuid, uuid, integer, boolean) is
  'Notes how far the acting student has come in a lesson. The farthest position is kept, done stays done, and the last step completes the course. No row when the course has no such lesson. Error: TC351 not enrolled.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['learning.settle_certificate(uuid,uuid)', 'learning.settle_course(uuid,uuid)', 'learning.settle_after_grade()',
    'learning.record_progress(uuid,uuid,integer,boolean)']::regprocedure[] loop
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
grant execute on function learning.certificate_check_character(text), learning.new_certificate_number() to techcourse_loader;
grant execute on function learning.record_progress(uuid, uuid, integer, boolean) to techcourse_app;
