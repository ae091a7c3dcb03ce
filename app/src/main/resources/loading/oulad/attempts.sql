-- Submissions become attempts: one pass finds quiz, person and enrolment of each, the faults are read off the result.
analyze oulad_submissions;
create temp table oulad_attempts as
select s.line, s.id_assessment, s.id_student, s.day, s.banked, s.score, p.student_id, q.quiz_id, q.course_id, q.deadline_at,
       q.code_module, q.code_presentation, q.length, e.instructor_id, e.day as enrolled_day,
       case when e.final_result = 'Withdrawn' then e.unregistered end as withdrawn_day,
       q.starts_at + make_interval(days => s.day) as submitted_at,
       platform.uuid_v7_of(q.starts_at + make_interval(days => s.day),
                           'oulad:submission:' || s.id_assessment || ':' || s.id_student) as attempt_id,
       slot.started_at as known_started_at, slot.attempt_id as known_attempt_id, e.line is null as rejected
  from oulad_submissions s
  left join oulad_quizzes q using (id_assessment)
  left join oulad_people p using (id_student)
  left join oulad_enrolled e on e.student_id = p.student_id and e.course_id = q.course_id
  left join learning.attempt_slots slot on slot.student_id = p.student_id and slot.quiz_id = q.quiz_id and slot.attempt_no = 1
 -- in the order of the keys, so that indexes are filled from left to right
 order by p.student_id, submitted_at;

insert into oulad_findings
select 'rejected', 'unknown assessment', 'studentAssessment.csv', a.line, 'id_assessment', a.id_assessment::text,
       'assessments.csv holds no such assessment, or that row was not taken over.'
  from oulad_attempts a where a.rejected and a.quiz_id is null
union all
select 'rejected', 'unknown student', 'studentAssessment.csv', a.line, 'id_student', a.id_student::text,
       'studentInfo.csv holds no such student, or no row of the student was taken over.'
  from oulad_attempts a where a.rejected and a.student_id is null
union all
select 'rejected', 'student not enrolled', 'studentAssessment.csv', a.line, 'id_student', a.id_student::text,
       format('The student is not enrolled in %s %s, to which assessment %s belongs.', a.code_module, a.code_presentation, a.id_assessment)
  from oulad_attempts a where a.rejected and a.quiz_id is not null and a.student_id is not null;
with twice as (
  select id_assessment, id_student, min(line) as first
    from oulad_attempts group by id_assessment, id_student having count(*) > 1
), dropped as (
  update oulad_attempts a set rejected = true
    from twice t
   where t.id_assessment = a.id_assessment and t.id_student = a.id_student and a.line <> t.first
  returning a.line, a.id_student, t.first
)
insert into oulad_findings
select 'rejected', 'duplicate key', 'studentAssessment.csv', d.line, 'id_student', d.id_student::text,
       format('The same student''s submission for the same assessment stands in line %s.', d.first)
  from dropped d;

insert into oulad_findings
select 'changed', 'banked submission', 'studentAssessment.csv', a.line, 'is_banked', '1',
       format('Carried over from an earlier presentation; taken over as an attempt of this one, on day %s%s.', a.day,
              case when a.day < a.enrolled_day then format(' (before the enrolment on day %s)', a.enrolled_day) else '' end)
  from oulad_attempts a where not a.rejected and a.banked
union all
select 'noted', 'submission before enrolment', 'studentAssessment.csv', a.line, 'date_submitted', a.day::text,
       format('The student enrolled on day %s; taken over as it is.', a.enrolled_day)
  from oulad_attempts a where not a.rejected and not a.banked and a.day < a.enrolled_day
union all
select 'noted', 'no score', 'studentAssessment.csv', a.line, 'score', '?',
       'Taken over as submitted, waiting for a grade.'
  from oulad_attempts a where not a.rejected and a.score is null
union all
select 'noted', 'submission after withdrawal', 'studentAssessment.csv', a.line, 'date_submitted', a.day::text,
       format('The student withdrew on day %s; taken over as it is.', a.withdrawn_day)
  from oulad_attempts a where not a.rejected and a.day > a.withdrawn_day
union all
select 'noted', 'submission after the end', 'studentAssessment.csv', a.line, 'date_submitted', a.day::text,
       format('The presentation ended on day %s; taken over as it is.', a.length)
  from oulad_attempts a where not a.rejected and a.day > a.length;

insert into oulad_findings
select 'differs', 'submission differs', 'studentAssessment.csv', a.line,
       case when known.started_at <> a.submitted_at then 'date_submitted' else 'score' end,
       case when known.started_at <> a.submitted_at then a.day::text else coalesce(a.score::text, '?') end,
       format('The academy holds score %s of %s; the file says %s of %s. Nothing was changed.',
              coalesce(known.score::text, '?'), (known.started_at at time zone 'UTC')::date,
              coalesce(a.score::text, '?'), (a.submitted_at at time zone 'UTC')::date)
  from oulad_attempts a
  join learning.attempts known
    on known.student_id = a.student_id and known.started_at = a.known_started_at and known.id = a.known_attempt_id
 where not a.rejected
   and (known.started_at <> a.submitted_at or known.score is distinct from a.score);
