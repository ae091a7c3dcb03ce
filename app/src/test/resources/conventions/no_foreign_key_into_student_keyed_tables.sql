-- No foreign key leads from a reference or local table into a student-keyed one.
select c.name as object, format('leads from %s (%s) into %s', c.table_name, s.class, t.name) as fault
  from our_constraint c
  join our_table s on s.oid = c.table_oid and not s.student_keyed
  join our_table t on t.oid = c.target and t.student_keyed
 where c.kind = 'f'
