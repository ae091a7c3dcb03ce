-- Every foreign key: child room and table, parent room and table, columns, whether it may be null, whether a parent has at most one child.
select t.room, t.short_name, p.room, p.short_name, array_to_string(k.columns, ', '),
       exists (select from our_column c where c.table_oid = t.oid and c.short_name::text = any (k.columns) and not c.filled),
       exists (select from our_constraint u where u.table_oid = t.oid and u.kind in ('p', 'u') and u.columns <@ k.columns)
  from our_constraint k join our_table t on t.oid = k.table_oid join our_table p on p.oid = k.target
 where k.kind = 'f'
 order by 1, 2, 3, 4, 5
