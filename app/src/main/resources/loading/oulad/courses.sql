-- Courses and assessments: faults first, then our keys. A row that is already in the academy, under its external id,
-- keeps the key that it has.
with twice as (
  select code_module, code_presentation, min(line) as first
    from oulad_courses group by code_module, code_presentation having count(*) > 1
)
insert into oulad_findings
select 'rejected', 'duplicate key', 'courses.csv', c.line, 'code_presentation', c.code_module || ' ' || c.code_presentation,
       format('The same module and presentation stand in line %s.', t.first)
  from oulad_courses c
  join twice t using (code_module, code_presentation)
 where c.line <> t.first;
delete from oulad_courses c using oulad_findings f
 where f.outcome = 'rejected' and f.file = 'courses.csv' and f.line = c.line;

create temp table oulad_offerings as
select c.line, c.code_module, c.code_presentation, c.length, s.starts_at,
       'oulad:' || c.code_module || '-' || c.code_presentation as external_id,
       coalesce(known.id, platform.uuid_v7_of(s.starts_at, 'oulad:course:' || c.code_module || '-' || c.code_presentation)) as course_id,
       coalesce(known.instructor_id, teacher.id,
                platform.uuid_v7_of('2013-01-01 00:00+00', 'oulad:instructor:' || c.code_module)) as instructor_id
  from oulad_courses c
 cross join lateral (
   select make_timestamptz(left(c.code_presentation, 4)::integer, case right(c.code_presentation, 1) when 'B' then 2 else 10 end,
                           1, 0, 0, 0, 'UTC') as starts_at) s
  left join catalog.courses known on known.external_id = 'oulad:' || c.code_module || '-' || c.code_presentation
  left join identity.users teacher on teacher.external_id = 'oulad:instructor:' || c.code_module;
analyze oulad_offerings;

insert into oulad_findings
select 'rejected', 'unknown course', 'assessments.csv', a.line, 'code_presentation', a.code_module || ' ' || a.code_presentation,
       'courses.csv holds no such module and presentation.'
  from oulad_assessments a
 where not exists (select from oulad_offerings o
                    where o.code_module = a.code_module and o.code_presentation = a.code_presentation);
with twice as (
  select id_assessment, min(line) as first from oulad_assessments group by id_assessment having count(*) > 1
)
insert into oulad_findings
select 'rejected', 'duplicate key', 'assessments.csv', a.line, 'id_assessment', a.id_assessment::text,
       format('The same assessment stands in line %s.', t.first)
  from oulad_assessments a
  join twice t using (id_assessment)
 where a.line <> t.first;
delete from oulad_assessments a using oulad_findings f
 where f.outcome = 'rejected' and f.file = 'assessments.csv' and f.line = a.line;
insert into oulad_findings
select 'changed', 'no day', 'assessments.csv', a.line, 'date', '?',
       format('The day of the %s is not known, so it is taken over without a deadline and no submission counts as late.', a.assessment_type)
  from oulad_assessments a
 where a.due_day is null;

create temp table oulad_quizzes as
select a.line, a.id_assessment, a.assessment_type, a.due_day, a.weight, o.code_module, o.code_presentation, o.length,
       o.starts_at, o.course_id, o.instructor_id,
       -- the last second of the day: a submission counts from the start of its day
       o.starts_at + make_interval(days => a.due_day, secs => 86399) as deadline_at,
       coalesce(known.id, platform.uuid_v7_of(o.starts_at, 'oulad:assessment:' || a.id_assessment)) as quiz_id,
       row_number() over (partition by o.course_id order by a.due_day, a.id_assessment)::integer as position
  from oulad_assessments a
  join oulad_offerings o using (code_module, code_presentation)
  left join catalog.quizzes known on known.external_id = 'oulad:assessment:' || a.id_assessment;
analyze oulad_quizzes;
