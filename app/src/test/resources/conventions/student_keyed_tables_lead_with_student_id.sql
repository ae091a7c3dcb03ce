-- A student-keyed table has student_id uuid not null, first in its primary key, in every unique rule and in every foreign key to a sibling.
select t.name as object, 'has no column student_id uuid not null' as fault from our_table t
 where t.student_keyed and not exists (
   select from our_column c where c.table_oid = t.oid and c.short_name = 'student_id' and c.base_type = 'uuid' and c.filled)
 union all
select c.name, format('of %s does not begin with student_id but with %s', c.table_name, c.columns[1]) from our_constraint c
 where c.student_keyed and c.columns[1] <> 'student_id'
   and (c.kind in ('p', 'u', 'x') or c.kind = 'f' and c.target in (select t.oid from our_table t where t.student_keyed))
 union all
select i.name, format('is a unique index of %s that does not begin with student_id', i.table_name) from our_index i
  left join our_column c on c.table_oid = i.table_oid and c.number = i.keys[1]
 where i.student_keyed and i.is_unique and c.short_name is distinct from 'student_id'
 union all
select c.name, 'points at a sibling with student_id against another column than its student_id' from our_constraint c
  join pg_constraint p on p.oid = c.oid
  join our_table t on t.oid = c.target and t.student_keyed
  left join our_column k on k.table_oid = c.target and k.number = p.confkey[1]
 where c.student_keyed and c.kind = 'f' and k.short_name is distinct from 'student_id'
