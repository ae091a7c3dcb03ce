insert into learning.enrollments (student_id, course_id, instructor_id, enrolled_at, ended_at, end_reason, completed_at)
select e.student_id, e.course_id, e.instructor_id, e.enrolled_at, e.ended_at, e.end_reason, e.completed_at
  from oulad_enrolled e
 where not e.is_known;
