insert into learning.attempts (student_id, started_at, id, quiz_id, quiz_version, course_id, instructor_id, attempt_no, status,
                               deadline_at, submitted_at, item_points, score, passing_score, graded_at)
select a.student_id, a.submitted_at, a.attempt_id, a.quiz_id, v.version, a.course_id, a.instructor_id, 1,
       case when a.score is null then 'submitted' else 'graded' end, a.deadline_at, a.submitted_at,
       case when a.score is not null then jsonb_build_object('submission', a.score) end, a.score, v.passing_score,
       case when a.score is not null then a.submitted_at end
  from oulad_attempts a
  join catalog.quiz_versions v on v.quiz_id = a.quiz_id and v.version = 1
 where not a.rejected and a.known_attempt_id is null
 -- one partition after the other
 order by date_trunc('month', a.submitted_at), a.student_id, a.submitted_at;
