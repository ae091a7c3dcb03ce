-- A partitioned student-keyed table checks single values by domains, which need no lock when the rule is born later.
select c.name as object, format('of %s checks the one column %s', c.table_name, c.columns[1]) as fault
  from our_constraint c join our_table t on t.oid = c.table_oid and t.kind = 'p' and t.student_keyed
 where c.kind = 'c' and cardinality(c.columns) = 1
