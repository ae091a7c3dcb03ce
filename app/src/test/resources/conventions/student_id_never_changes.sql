-- Student_id never changes: nobody who signs in may update it.
select c.name as object, format('may be updated by %s', r.rolname) as fault
  from our_column c join our_table t on t.oid = c.table_oid and t.student_keyed
  join pg_roles r on r.rolname in ('techcourse_app', 'accountant', 'marketing', 'auditor', 'analyst')
 where c.short_name = 'student_id' and has_column_privilege(r.oid, c.table_oid, c.number, 'update')
