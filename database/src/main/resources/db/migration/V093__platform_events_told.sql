-- What the tables tell: written in the transaction of the fact, and only when somebody wants to know.
create function platform.is_subscribed(topic text) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp
  return exists (select from platform.webhooks w where w.active and is_subscribed.topic = any (w.topics));
comment on function platform.is_subscribed(text) is 'Whether any receiver wants to know of such events.';
call platform.give_function('platform.is_subscribed(text)', 'techcourse_recorder');

create function platform.emit(topic text, subject uuid, payload jsonb) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into platform.outbox (topic, subject_id, payload)
  select emit.topic, emit.subject, emit.payload where platform.is_subscribed(emit.topic);
end;
comment on function platform.emit(text, uuid, jsonb) is
  'Tells receivers, after this transaction, what happened to a thing; the payload holds ids, no persons.';

create function platform.emit_of_student(topic text, student uuid, subject uuid, payload jsonb) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into platform.student_outbox (student_id, topic, subject_id, payload)
  select emit_of_student.student, emit_of_student.topic, emit_of_student.subject,
         jsonb_build_object('student_id', emit_of_student.student) || emit_of_student.payload
   where platform.is_subscribed(emit_of_student.topic);
end;
comment on function platform.emit_of_student(text, uuid, uuid, jsonb) is
  'The same for what a student did; writes beside the student''s own rows.';

grant execute on function platform.is_subscribed(text) to techcourse_recorder;
grant execute on function platform.emit(text, uuid, jsonb), platform.emit_of_student(text, uuid, uuid, jsonb)
  to techcourse_app, techcourse_loader, techcourse_gatekeeper;
call platform.give_function('platform.emit(text,uuid,jsonb)', 'techcourse_recorder');
call platform.give_function('platform.emit_of_student(text,uuid,uuid,jsonb)', 'techcourse_recorder');

-- From here on: what each table tells. One call for each statement, so that bulk work pays for it once; the rows are
-- read only when somebody has subscribed.
create function platform.tell_users() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if platform.is_subscribed('user.created.v1') then
    insert into platform.outbox (topic, subject_id, payload)
    select 'user.created.v1', n.id, jsonb_build_object('user_id', n.id) from new_rows n;
  end if;
  return null;
end
$$;
comment on function platform.tell_users() is 'Trigger for each statement: user.created.v1.';

create function platform.tell_courses() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into platform.outbox (topic, subject_id, payload)
  select e.topic, n.id, e.payload
    from new_rows n left join old_rows o on o.id = n.id
   cross join lateral (values
     ('course.' || n.status || '.v1', n.status is distinct from coalesce(o.status, 'draft') and n.status <> 'draft',
      jsonb_build_object('course_id', n.id, 'instructor_id', n.instructor_id)),
     ('course.price_changed.v1', (n.price, n.currency) is distinct from (o.price, o.currency) and o.id is not null,
      jsonb_build_object('course_id', n.id, 'old_price', o.price::text, 'new_price', n.price::text, 'currency', n.currency))
   ) e (topic, is_so, payload)
   where e.is_so and platform.is_subscribed(e.topic);
  return null;
end
$$;
comment on function platform.tell_courses() is
  'Trigger for each statement: course.published.v1, course.archived.v1, course.price_changed.v1.';

create function platform.tell_new_courses() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if platform.is_subscribed('course.published.v1') then
    insert into platform.outbox (topic, subject_id, payload)
    select 'course.published.v1', n.id, jsonb_build_object('course_id', n.id, 'instructor_id', n.instructor_id)
      from new_rows n where n.status = 'published';
  end if;
  return null;
end
$$;
comment on function platform.tell_new_courses() is 'Trigger for each statement: course.published.v1 of a course that begins so.';
call platform.give_function('platform.tell_users()', 'techcourse_recorder');
call platform.give_function('platform.tell_courses()', 'techcourse_recorder');
call platform.give_function('platform.tell_new_courses()', 'techcourse_recorder');
create trigger users_tell after insert on identity.users
  referencing new table as new_rows for each statement execute function platform.tell_users();
create trigger courses_tell_new after insert on catalog.courses
  referencing new table as new_rows for each statement execute function platform.tell_new_courses();
create trigger courses_tell after update on catalog.courses
  referencing old table as old_rows new table as new_rows for each statement execute function platform.tell_courses();

-- What a student did lands beside the student's own rows. The arguments of the trigger: topic, condition on the row
-- (n; before it, o), further members of the payload, subject.
create function platform.tell_of_students() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if platform.is_subscribed(tg_argv[0]) then
    execute format(
      $q$insert into platform.student_outbox (student_id, topic, subject_id, payload)
         select n.student_id, %L, %s, jsonb_build_object('student_id', n.student_id, 'course_id', n.course_id) || %s
           from new_rows n %s where %s$q$,
      tg_argv[0], tg_argv[3], tg_argv[2], case tg_op when 'UPDATE' then 'join old_rows o using (' || tg_argv[4] || ')' else '' end, tg_argv[1]);
  end if;
  return null;
end
$$;
comment on function platform.tell_of_students() is
  'Trigger for each statement: tells the topic of its first argument for each row that meets its second. Further arguments: more of the payload, the subject, the key.';
call platform.give_function('platform.tell_of_students()', 'techcourse_recorder');

create procedure platform.tell(target regclass, name text, operation text, topic text, condition text, payload text, subject text, key text)
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format('create trigger %I after %s on %s referencing %s new table as new_rows for each statement execute function platform.tell_of_students(%L, %L, %L, %L, %L)',
    (select relname from pg_class where oid = target) || '_tell_' || name, operation, target,
    case operation when 'update' then 'old table as old_rows' else '' end, topic, condition, payload, subject, key);
end
$$;
comment on procedure platform.tell(regclass, text, text, text, text, text, text, text) is
  'For migrations: has a student-keyed table tell a topic of each inserted or updated row that meets a condition.';

do $$
declare
  of_course constant text := 'student_id, course_id';
  of_attempt constant text := 'student_id, started_at, id';
  attempt constant text := $p$jsonb_build_object('quiz_id', n.quiz_id, 'attempt_id', n.id$p$;
  number constant text := $p$jsonb_build_object('number', n.number)$p$;
  rating constant text := $p$jsonb_build_object('rating', n.rating)$p$;
  lesson constant text := $p$jsonb_build_object('lesson_id', n.lesson_id)$p$;
begin
  call platform.tell('learning.enrollments', 'created', 'insert', 'enrollment.created.v1', 'n.ended_at is null',
    $p$'{"again": false}'$p$, 'n.course_id', of_course);
  call platform.tell('learning.enrollments', 'again', 'update', 'enrollment.created.v1', 'n.ended_at is null and o.ended_at is not null',
    $p$'{"again": true}'$p$, 'n.course_id', of_course);
  call platform.tell('learning.enrollments', 'ended', 'update', 'enrollment.ended.v1', 'n.ended_at is not null and o.ended_at is null',
    $p$jsonb_build_object('reason', n.end_reason)$p$, 'n.course_id', of_course);
  call platform.tell('learning.enrollments', 'completed', 'update', 'course.completed.v1', 'n.completed_at is not null and o.completed_at is null',
    $p$'{}'$p$, 'n.course_id', of_course);
  call platform.tell('learning.lesson_progress', 'completed_first', 'insert', 'lesson.completed.v1', 'n.completed_at is not null',
    lesson, 'n.lesson_id', 'student_id, lesson_id');
  call platform.tell('learning.lesson_progress', 'completed', 'update', 'lesson.completed.v1', 'n.completed_at is not null and o.completed_at is null',
    lesson, 'n.lesson_id', 'student_id, lesson_id');
  call platform.tell('learning.attempts', 'submitted', 'update', 'attempt.submitted.v1', $p$n.status <> 'in_progress' and o.status = 'in_progress'$p$,
    attempt || $p$, 'late', n.late)$p$, 'n.id', of_attempt);
  call platform.tell('learning.attempts', 'graded', 'update', 'attempt.graded.v1', $p$n.status = 'graded' and n.score is distinct from o.score$p$,
    attempt || $p$, 'score', n.score::text, 'passed', n.passed)$p$, 'n.id', of_attempt);
  call platform.tell('learning.certificates', 'issued', 'insert', 'certificate.issued.v1', 'n.revoked_at is null', number, 'n.course_id', of_course);
  call platform.tell('learning.certificates', 'revoked', 'update', 'certificate.revoked.v1', 'n.revoked_at is not null and o.revoked_at is null',
    number, 'n.course_id', of_course);
  call platform.tell('learning.reviews', 'posted', 'insert', 'review.posted.v1', 'true', rating, 'n.course_id', of_course);
  call platform.tell('learning.reviews', 'changed', 'update', 'review.posted.v1', 'n.rating <> o.rating', rating, 'n.course_id', of_course);
end
$$;
