insert into identity.user_roles (user_id, role)
select p.id, p.role
  from (select distinct o.instructor_id as id, 'instructor' as role from oulad_offerings o
         union all
        select s.student_id, 'student' from oulad_people s) p
 where not exists (select from identity.user_roles known where known.user_id = p.id and known.role = p.role)
   -- an erased person stays erased
   and not exists (select from identity.users u where u.id = p.id and u.status = 'erased')
 order by p.id;
