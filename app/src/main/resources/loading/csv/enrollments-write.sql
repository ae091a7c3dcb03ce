insert into learning.enrollments (student_id, course_id, enrolled_at)
select s.subject_id, s.course_id, coalesce(s.enrolled_at, clock_timestamp())
  from staged s where s.outcome = 'created' and /* range */ order by s.subject_id, s.course_id;
