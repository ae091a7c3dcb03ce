-- A student by external id, else by address; a course by external id, else by slug.
alter table staged add column course_id uuid;
update staged s set subject_id = u.id
  from identity.users u where s.outcome is null and u.external_id = s.student;
update staged s set subject_id = u.id
  from identity.users u where s.outcome is null and s.subject_id is null and u.email = s.student::extensions.citext;
update staged s set course_id = c.id from catalog.courses c where s.outcome is null and c.external_id = s.course;
update staged s set course_id = c.id from catalog.courses c where s.outcome is null and s.course_id is null and c.slug = s.course;

update staged s set outcome = 'refused', column_name = 'student', sentence = 'There is no such person.'
 where s.outcome is null and s.subject_id is null;
update staged s set outcome = 'refused', column_name = 'course', sentence = 'There is no such course.'
 where s.outcome is null and s.course_id is null;
update staged s set outcome = 'refused', column_name = 'student', sentence = format('The row in line %s names the same person and course.', t.first)
  from (select line_no, first_value(line_no) over (partition by subject_id, course_id order by line_no) as first
          from staged where outcome is null) t
 where t.line_no = s.line_no and t.first <> s.line_no;
update staged s set outcome = 'refused', column_name = 'enrolled_at', sentence = 'The enrolment lies in the future.'
 where s.outcome is null and s.enrolled_at > clock_timestamp();
update staged s
   set outcome = case when e.ended_at is null then 'unchanged' else 'refused' end,
       column_name = case when e.ended_at is not null then 'student' end,
       sentence = case when e.ended_at is not null then 'The enrolment has ended; the student comes back by enrolling again.' end
  from learning.enrollments e
 where s.outcome is null and e.student_id = s.subject_id and e.course_id = s.course_id;
-- the same that the trigger of the table says, told for whole sets
update staged s set outcome = 'refused', column_name = 'course',
       sentence = case when c.status <> 'published' then 'The course is not open for enrolment.'
                       else 'The course costs something, and an import brings no payment.' end
  from catalog.courses c
 where s.outcome is null and c.id = s.course_id and (c.status <> 'published' or c.price > 0);
update staged s set outcome = 'created' where s.outcome is null;
