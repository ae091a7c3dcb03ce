-- No foreign key of a student-keyed table sets null or a default.
select c.name as object, format('of %s sets null or a default', c.table_name) as fault from our_constraint c
  join pg_constraint p on p.oid = c.oid
 where c.student_keyed and c.kind = 'f' and (p.confdeltype in ('n', 'd') or p.confupdtype in ('n', 'd'))
