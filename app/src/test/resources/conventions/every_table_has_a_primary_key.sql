-- Every table has a primary key.
select t.name as object, 'has no primary key' as fault from our_table t
 where not exists (select from our_constraint c where c.table_oid = t.oid and c.kind = 'p')
