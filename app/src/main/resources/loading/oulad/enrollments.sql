-- Students and their enrolments: two files tell of the same thing, studentInfo.csv leads.
analyze oulad_students;
analyze oulad_registrations;

insert into oulad_findings
select 'rejected', 'unknown course', 'studentInfo.csv', s.line, 'code_presentation', s.code_module || ' ' || s.code_presentation,
       'courses.csv holds no such module and presentation.'
  from oulad_students s
 where not exists (select from oulad_offerings o
                    where o.code_module = s.code_module and o.code_presentation = s.code_presentation);
with twice as (
  select code_module, code_presentation, id_student, min(line) as first
    from oulad_students group by code_module, code_presentation, id_student having count(*) > 1
)
insert into oulad_findings
select 'rejected', 'duplicate key', 'studentInfo.csv', s.line, 'id_student', s.id_student::text,
       format('The same student in the same module and presentation stands in line %s.', t.first)
  from oulad_students s
  join twice t using (code_module, code_presentation, id_student)
 where s.line <> t.first;
delete from oulad_students s using oulad_findings f
 where f.outcome = 'rejected' and f.file = 'studentInfo.csv' and f.line = s.line;

with twice as (
  select code_module, code_presentation, id_student, min(line) as first
    from oulad_registrations group by code_module, code_presentation, id_student having count(*) > 1
)
insert into oulad_findings
select 'rejected', 'duplicate key', 'studentRegistration.csv', r.line, 'id_student', r.id_student::text,
       format('The same student in the same module and presentation stands in line %s.', t.first)
  from oulad_registrations r
  join twice t using (code_module, code_presentation, id_student)
 where r.line <> t.first;
insert into oulad_findings
select 'rejected', 'unknown student', 'studentRegistration.csv', r.line, 'id_student', r.id_student::text,
       format('studentInfo.csv holds no such student in %s %s, or that row was not taken over.', r.code_module, r.code_presentation)
  from oulad_registrations r
 where not exists (select from oulad_students s
                    where s.code_module = r.code_module and s.code_presentation = r.code_presentation
                      and s.id_student = r.id_student);
delete from oulad_registrations r using oulad_findings f
 where f.outcome = 'rejected' and f.file = 'studentRegistration.csv' and f.line = r.line;

-- the key of a student does not depend on any date, so that a corrected file finds the same person
create temp table oulad_people as
select p.id_student,
       coalesce(known.id, platform.uuid_v7_of('2013-01-01 00:00+00', 'oulad:student:' || p.id_student)) as student_id
  from (select distinct id_student from oulad_students) p
  left join identity.users known on known.external_id = 'oulad:student:' || p.id_student;
analyze oulad_people;

create temp table oulad_enrolled as
select s.line, r.line as registration_line, s.code_module, s.code_presentation, s.id_student, p.student_id, o.course_id,
       o.instructor_id, o.starts_at, o.length, s.final_result, r.registered, r.unregistered, d.day,
       o.starts_at + make_interval(days => d.day) as enrolled_at,
       case when s.final_result = 'Withdrawn'
            then o.starts_at + make_interval(days => greatest(coalesce(r.unregistered, o.length), d.day)) end as ended_at,
       case when s.final_result = 'Withdrawn' then 'withdrawn' end as end_reason,
       case when s.final_result in ('Pass', 'Distinction')
            then o.starts_at + make_interval(days => greatest(o.length, d.day)) end as completed_at,
       known.student_id is not null as is_known
  from oulad_students s
  join oulad_offerings o using (code_module, code_presentation)
  join oulad_people p using (id_student)
  left join oulad_registrations r using (code_module, code_presentation, id_student)
  left join learning.enrollments known on known.student_id = p.student_id and known.course_id = o.course_id
 cross join lateral (select coalesce(r.registered, least(0, r.unregistered)) as day) d
 order by p.student_id, o.course_id;
analyze oulad_enrolled;

insert into oulad_findings
select 'changed', 'no registration', 'studentInfo.csv', e.line, 'id_student', e.id_student::text,
       'studentRegistration.csv holds no such row; taken over as enrolled on the day on which the presentation starts.'
  from oulad_enrolled e where e.registration_line is null
union all
select 'changed', 'unknown registration day', 'studentRegistration.csv', e.registration_line, 'date_registration', '?',
       format('Taken over as enrolled on day %s: the start of the presentation, or the withdrawal before it.', e.day)
  from oulad_enrolled e where e.registration_line is not null and e.registered is null
union all
select 'changed', 'withdrawn without a day', 'studentRegistration.csv', coalesce(e.registration_line, e.line), 'date_unregistration', '?',
       format('final_result is Withdrawn, the day is not known; taken over as withdrawn on day %s, the end of the presentation.',
              greatest(e.length, e.day))
  from oulad_enrolled e where e.final_result = 'Withdrawn' and e.unregistered is null
union all
select 'changed', 'withdrawal before registration', 'studentRegistration.csv', e.registration_line, 'date_unregistration', e.unregistered::text,
       format('An enrolment cannot end before it starts; taken over as withdrawn on day %s, the day of registration.', e.day)
  from oulad_enrolled e where e.final_result = 'Withdrawn' and e.unregistered < e.day
union all
select 'changed', 'withdrawal of someone who stayed', 'studentRegistration.csv', e.registration_line, 'date_unregistration', e.unregistered::text,
       format('final_result is %s, not Withdrawn; the day of withdrawal is not taken over and the enrolment stays open.', e.final_result)
  from oulad_enrolled e where e.final_result <> 'Withdrawn' and e.unregistered is not null
union all
select 'changed', 'registration after the end', 'studentRegistration.csv', e.registration_line, 'date_registration', e.registered::text,
       format('The presentation ends on day %s; taken over as completed on the day of registration.', e.length)
  from oulad_enrolled e where e.completed_at is not null and e.registered > e.length;

insert into oulad_findings
select 'differs', 'enrolment differs', 'studentInfo.csv', e.line, 'id_student', e.id_student::text,
       format('The academy holds enrolled %s, ended %s, completed %s; the files say %s, %s, %s. Nothing was changed.',
              (known.enrolled_at at time zone 'UTC')::date, coalesce((known.ended_at at time zone 'UTC')::date::text, 'never'),
              coalesce((known.completed_at at time zone 'UTC')::date::text, 'never'),
              (e.enrolled_at at time zone 'UTC')::date, coalesce((e.ended_at at time zone 'UTC')::date::text, 'never'),
              coalesce((e.completed_at at time zone 'UTC')::date::text, 'never'))
  from oulad_enrolled e
  join learning.enrollments known using (student_id, course_id)
 where e.is_known
   and (known.enrolled_at, known.ended_at, known.end_reason, known.completed_at)
       is distinct from (e.enrolled_at, e.ended_at, e.end_reason, e.completed_at);
