-- One statement for teachers and students: a foreign key check plans its query once in a session, and planned over a
-- handful of users it would read the whole table for each of 28,785 roles.
insert into identity.users (id, email, display_name, external_id, created_at, updated_at)
select p.id, p.email, p.display_name, p.external_id, p.joined_at, p.joined_at
  from (
    select o.instructor_id as id, 'module-' || lower(o.code_module) || '@oulad.invalid' as email,
           'Open University, module ' || o.code_module as display_name, 'oulad:instructor:' || o.code_module as external_id,
           least(min(o.starts_at), min(e.enrolled_at)) as joined_at
      from oulad_offerings o
      left join oulad_enrolled e using (course_id)
     group by o.instructor_id, o.code_module
     union all
    select e.student_id, 'student-' || e.id_student || '@oulad.invalid', 'Student ' || e.id_student,
           'oulad:student:' || e.id_student, min(e.enrolled_at)
      from oulad_enrolled e
     group by e.student_id, e.id_student
  ) p
 where not exists (select from identity.users known where known.id = p.id)
 order by p.external_id collate "C";
