-- What learners did, as the page would have told it.
insert into learning.events (student_id, occurred_at, id, kind, course_id, lesson_id, payload)
with told as (
  select e.student_no, e.student_id, e.enrolled_at as occurred_at, 'enrolled' as kind, e.course_id, null::uuid as lesson_id,
         '{}'::jsonb as payload, 'enrolled.' || e.course_no as key
    from enrollment_plan e
  union all
  -- views are kept for two weeks
  select p.student_no, p.student_id, p.started_at, 'viewed', p.course_id, p.lesson_id, '{}', 'viewed.' || p.lesson_key
    from progress_plan p, clock where p.started_at::date > clock.day - 14
  union all
  select p.student_no, p.student_id, p.completed_at, 'completed', p.course_id, p.lesson_id, '{}', 'completed.' || p.lesson_key
    from progress_plan p where p.completed_at is not null
  union all
  select a.student_no, a.student_id, a.graded_at, case when a.passes then 'passed' else 'failed' end, a.course_id, null,
         jsonb_build_object('quiz_id', a.quiz_id, 'attempt_no', a.attempt_no, 'score', a.score), a.key
    from attempt_plan a, clock where a.graded_at < clock.ends_at
)
select t.student_id, t.occurred_at, platform.uuid_v7_of(t.occurred_at, 'academy.event.' || t.student_no || '.' || t.key),
       t.kind, t.course_id, t.lesson_id, t.payload
  from told t order by t.occurred_at, t.student_no, t.key;
