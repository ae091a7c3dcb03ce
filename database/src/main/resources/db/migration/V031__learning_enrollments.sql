-- The pivot between students and courses, and how far each has come.
create table learning.enrollments (
  student_id uuid not null,
  course_id uuid not null,
  instructor_id uuid not null,
  order_id uuid,
  enrolled_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  end_reason text,
  completed_at timestamptz,
  -- one enrolment per student and course, whatever retries
  constraint enrollments_student_id_course_id_pkey primary key (student_id, course_id),
  constraint enrollments_student_id_fkey foreign key (student_id) references identity.users (id) on delete restrict,
  constraint enrollments_course_id_instructor_id_fkey foreign key (course_id, instructor_id)
    references catalog.courses (id, instructor_id) on update cascade on delete restrict,
  constraint enrollments_end_has_a_reason_check check ((ended_at is null) = (end_reason is null)),
  constraint enrollments_end_reason_check check (end_reason in ('refunded', 'withdrawn', 'expired', 'removed')),
  constraint enrollments_end_after_start_check check (ended_at >= enrolled_at),
  constraint enrollments_complete_after_start_check check (completed_at >= enrolled_at)
);
comment on table learning.enrollments is
  'Who is enrolled in which course: the students-courses pivot. An enrolment ends, it is never deleted. Shard class: student-keyed.';
-- the studio and reports: who takes a course, newest first
create index enrollments_course_id_idx on learning.enrollments (course_id, enrolled_at desc);
-- the studio: an instructor's students
create index enrollments_instructor_id_idx on learning.enrollments (instructor_id, enrolled_at desc);
create index enrollments_course_id_instructor_id_idx on learning.enrollments (course_id, instructor_id);

-- runs as the loader, because a student may neither lock payments nor read drafts of others
create function learning.check_entitlement() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  course record;
begin
  select c.instructor_id, c.status, c.price, c.currency into course from catalog.courses c where c.id = new.course_id;
  if not found or course.status <> 'published' then
    raise exception 'The course % is not open for enrolment.', new.course_id using errcode = 'TC301',
      hint = 'Enrol in a published course.', schema = 'learning', table = 'enrollments';
  end if;
  new.instructor_id := course.instructor_id;
  if new.order_id is null then
    if course.price > 0 then
      raise exception 'The course % costs % %, and no payment was given.', new.course_id, course.price, course.currency
        using errcode = 'TC302', hint = 'Buy the course; the enrolment follows from the captured payment.',
              schema = 'learning', table = 'enrollments';
    end if;
    return new;
  end if;
  -- the payment is held still, so that a refund at the same moment waits and then ends this enrolment
  perform from sales.payments p
    where p.student_id = new.student_id and p.order_id = new.order_id and p.status = 'captured'
    for share;
  if not found or not exists (
      select from sales.order_lines l
       where l.student_id = new.student_id and l.order_id = new.order_id and l.course_id = new.course_id
         and (l.refunded_amount < l.amount or l.amount = 0)) then
    raise exception 'The order % holds no captured payment for the course %.', new.order_id, new.course_id
      using errcode = 'TC303', hint = 'Capture the payment first, in the same transaction.',
            schema = 'learning', table = 'enrollments';
  end if;
  return new;
end
$$;
comment on function learning.check_entitlement() is
  'Trigger: an enrolment needs a published course (TC301) and either price 0 (TC302) or a captured, not refunded payment (TC303).';
create trigger enrollments_check_entitlement before insert on learning.enrollments
  for each row execute function learning.check_entitlement();
create trigger enrollments_check_new_entitlement before update on learning.enrollments
  for each row when (old.ended_at is not null and new.ended_at is null
    or new.order_id is distinct from old.order_id or new.course_id <> old.course_id or new.student_id <> old.student_id)
  execute function learning.check_entitlement();

create table learning.lesson_progress (
  student_id uuid not null,
  lesson_id uuid not null,
  course_id uuid not null,
  position_seconds integer not null default 0,
  started_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp(),
  completed_at timestamptz,
  constraint lesson_progress_student_id_lesson_id_pkey primary key (student_id, lesson_id),
  constraint lesson_progress_student_id_course_id_fkey foreign key (student_id, course_id)
    references learning.enrollments (student_id, course_id) on delete restrict,
  constraint lesson_progress_lesson_id_course_id_fkey foreign key (lesson_id, course_id)
    references catalog.lessons (id, course_id) on delete restrict,
  constraint lesson_progress_position_not_negative_check check (position_seconds >= 0),
  constraint lesson_progress_complete_after_start_check check (completed_at >= started_at)
);
comment on table learning.lesson_progress is
  'How far a student has come in a lesson; needs an enrolment. Shard class: student-keyed.';
-- resume: a student's lessons of one course
create index lesson_progress_student_id_course_id_idx on learning.lesson_progress (student_id, course_id);
create index lesson_progress_lesson_id_idx on learning.lesson_progress (lesson_id, course_id);

call platform.protect('learning.enrollments');
call platform.give_function('learning.check_entitlement()', 'techcourse_loader');
call platform.protect('learning.lesson_progress');
-- completion is not the client's to say: no grant on completed_at
grant select, insert (student_id, course_id, order_id), update (order_id, ended_at, end_reason)
  on learning.enrollments to techcourse_app;
grant select, insert (student_id, lesson_id, course_id, position_seconds), update (position_seconds, last_seen_at, completed_at)
  on learning.lesson_progress to techcourse_app;
create policy enrollments_student_reads_policy on learning.enrollments for select to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy enrollments_student_enrols_policy on learning.enrollments for insert to techcourse_app
  with check (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
-- a student withdraws and comes back, but does not undo what staff or a refund ended
create policy enrollments_student_withdraws_policy on learning.enrollments for update to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid
    and (end_reason is null or end_reason in ('withdrawn', 'refunded')))
  with check (student_id = nullif(current_setting('app.user_id', true), '')::uuid
    and (end_reason is null or end_reason = 'withdrawn'));
create policy enrollments_instructor_reads_policy on learning.enrollments for select to techcourse_app
  using (current_setting('app.role', true) = 'instructor'
    and instructor_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy enrollments_admin_policy on learning.enrollments to techcourse_app
  using (current_setting('app.role', true) = 'admin') with check (current_setting('app.role', true) = 'admin');
create policy lesson_progress_student_policy on learning.lesson_progress to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('learning.enrollments', 'student-keyed', 'student_id'), ('learning.lesson_progress', 'student-keyed', 'student_id');
