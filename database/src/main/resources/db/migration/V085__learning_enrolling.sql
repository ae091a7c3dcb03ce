-- Enrolling as one step that may be repeated, and the days on which somebody learned.
create function learning.enrol(student_id uuid, course_id uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  by_staff constant boolean := coalesce(current_setting('app.role', true) = 'admin', false);
  known record;
begin
  if not by_staff and enrol.student_id is distinct from nullif(current_setting('app.user_id', true), '')::uuid then
    raise exception 'Nobody enrols somebody else.' using errcode = 'TC355',
      hint = 'Act as the student, or as admin.', schema = 'learning', table = 'enrollments';
  end if;
  insert into learning.enrollments (student_id, course_id)
    select enrol.student_id, enrol.course_id
     where not exists (select from learning.enrollments e where e.student_id = enrol.student_id and e.course_id = enrol.course_id)
    on conflict on constraint enrollments_student_id_course_id_pkey do nothing;
  if found then
    insert into learning.events (student_id, kind, course_id) values (enrol.student_id, 'enrolled', enrol.course_id);
    return 'enrolled';
  end if;
  -- held, so that two tabs that come back at once do so once
  select e.ended_at, e.end_reason into known from learning.enrollments e
   where e.student_id = enrol.student_id and e.course_id = enrol.course_id for no key update;
  if known.ended_at is null then
    return 'already';
  end if;
  if known.end_reason in ('removed', 'expired') and not by_staff then
    raise exception 'The enrolment was ended by the academy (%).', known.end_reason using errcode = 'TC350',
      hint = 'Ask the staff of the academy.', schema = 'learning', table = 'enrollments';
  end if;
  -- an order that was given back buys nothing any more; without it the course must be free
  update learning.enrollments e
     set ended_at = null, end_reason = null, order_id = case when e.end_reason = 'refunded' then null else e.order_id end
   where e.student_id = enrol.student_id and e.course_id = enrol.course_id;
  insert into learning.events (student_id, kind, course_id) values (enrol.student_id, 'enrolled', enrol.course_id);
  return 'returned';
end
$$;
comment on function learning.enrol(uuid, uuid) is
  'Enrols a student in a course, or lets one who left come back; repeated, it changes nothing. Answers enrolled, returned or already. Errors: TC301 to TC303 of the enrolment, TC350 ended by the academy, TC355 somebody else.';

create function learning.end_enrolment(student_id uuid, course_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  by_staff constant boolean := coalesce(current_setting('app.role', true) = 'admin', false);
begin
  if not by_staff and end_enrolment.student_id is distinct from nullif(current_setting('app.user_id', true), '')::uuid then
    raise exception 'Nobody withdraws somebody else.' using errcode = 'TC355',
      hint = 'Act as the student, or as admin.', schema = 'learning', table = 'enrollments';
  end if;
  -- staff may also close what its student has left
  update learning.enrollments e
     set ended_at = coalesce(e.ended_at, clock_timestamp()), end_reason = case when by_staff then 'removed' else 'withdrawn' end
   where e.student_id = end_enrolment.student_id and e.course_id = end_enrolment.course_id
     and (e.ended_at is null or by_staff and e.end_reason in ('withdrawn', 'expired'));
  return exists (select from learning.enrollments e
                  where e.student_id = end_enrolment.student_id and e.course_id = end_enrolment.course_id);
end
$$;
comment on function learning.end_enrolment(uuid, uuid) is
  'Ends an enrolment: withdrawn by its student, removed by an admin; repeated, it changes nothing. False when there is none. Error: TC355 somebody else.';

create table learning.activity_days (
  student_id uuid not null,
  day date not null,
  constraint activity_days_student_id_day_pkey primary key (student_id, day),
  constraint activity_days_student_id_fkey foreign key (student_id) references identity.users (id) on delete restrict
);
comment on table learning.activity_days is
  'The days, in the academy''s accounting time zone, on which a student opened a lesson, answered or reported an event. Shard class: student-keyed.';
call platform.protect('learning.activity_days');
grant select on learning.activity_days to techcourse_app;
create policy activity_days_student_reads_policy on learning.activity_days for select to techcourse_app
  using (student_id = nullif(current_setting('app.user_id', true), '')::uuid);
insert into platform.shard_plan (table_name, class, distribution_column) values
  ('learning.activity_days', 'student-keyed', 'student_id');

create function learning.note_activity(student_id uuid) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
begin atomic
  insert into learning.activity_days (student_id, day)
  values (note_activity.student_id, platform.business_day(clock_timestamp()))
  on conflict on constraint activity_days_student_id_day_pkey do nothing;
end;
comment on function learning.note_activity(uuid) is
  'Notes that a student learned today, by the database''s clock and the academy''s time zone. For the functions of this room, not for the application.';

-- Days in a row are islands: a day minus its rank is the same for all of one.
create function learning.streak(out current_days integer, out longest_days integer, out last_day date)
  language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  with islands as (
    select max(d.day) as last_day, count(*)::integer as days
      from (select a.day, a.day - (row_number() over (order by a.day))::integer as island
              from learning.activity_days a
             where a.student_id = nullif(current_setting('app.user_id', true), '')::uuid) d
     group by d.island)
  select coalesce(max(i.days) filter (where i.last_day >= platform.business_day(clock_timestamp()) - 1), 0),
         coalesce(max(i.days), 0), max(i.last_day)
    from islands i;
end;
comment on function learning.streak() is
  'Days in a row on which the acting student learned: until today or, as long as today may still follow, yesterday; the most ever; and the last day.';

do $$
declare
  target regprocedure;
begin
  foreach target in array array['learning.enrol(uuid,uuid)', 'learning.end_enrolment(uuid,uuid)']::regprocedure[] loop
    execute format('grant execute on function %s to techcourse_app', target);
    call platform.give_function(target, 'techcourse_loader');
  end loop;
end
$$;
grant execute on function learning.streak() to techcourse_app;
call platform.give_function('learning.note_activity(uuid)', 'techcourse_loader');
