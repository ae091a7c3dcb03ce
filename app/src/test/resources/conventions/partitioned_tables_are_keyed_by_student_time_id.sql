-- A range-partitioned student-keyed table has the key (student_id, time, id), the time being its partition key.
select t.name as object, format('has the key (%s)', array_to_string(c.columns, ', ')) as fault
  from our_table t
  join our_constraint c on c.table_oid = t.oid and c.kind = 'p'
  join pg_partitioned_table p on p.partrelid = t.oid
  join our_column k on k.table_oid = t.oid and k.number = p.partattrs[0]
 where t.student_keyed and (c.columns <> array['student_id', k.short_name::text, 'id'] or k.base_type <> 'timestamp with time zone' or p.partstrat <> 'r')
